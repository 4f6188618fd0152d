/*
 * One blocking connection to the database, for the command line and the jobs.
 * The server never uses it: see db/db.h.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_DB_SYNC_H
#define API_DB_SYNC_H

#include <stddef.h>

#include "core/err.h"

struct sync;
struct sync_rows;

/*
 * What the database said of the last failure. message may hold values that
 * the administrator typed: for a terminal, never for a log.
 */
struct sync_fault {
	char sqlstate[6]; /* "" when the connection itself failed */
	char constraint[64];
	char message[256];
};

/*
 * Connects through the socket in run (an absolute directory) as login, program
 * names us in pg_stat_activity. *out is set, and owned by the caller, also
 * after ERR_UNAVAILABLE, so that sync_fault() can say why.
 */
must_check enum err sync_open(
    struct sync **out, const char *run, const char *login, const char *program);
/* NULL is legal. */
void sync_close(struct sync *);
const struct sync_fault *sync_fault(const struct sync *);

/*
 * One statement with text parameters; a NULL parameter is SQL null. *out may
 * be NULL when the rows do not matter; otherwise owned by the caller.
 * Errors are those of db/sqlstate.h.
 */
must_check enum err sync_query(struct sync *, struct sync_rows **out,
    const char *text, const char *const *params, size_t count);
/* Statements without parameters, one after the other; stops at the first
 * failure. text is ours or a file of sql/, never made of values. */
must_check enum err sync_script(struct sync *, const char *text);

size_t sync_rows_count(const struct sync_rows *);
/* Borrowed from the rows; NULL for SQL null. */
const char *sync_rows_text(const struct sync_rows *, size_t row, size_t column);
/* NULL is legal. */
void sync_rows_free(struct sync_rows *);

#endif
