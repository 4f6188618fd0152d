/*
 * The database as the rest of the server sees it: batches of prepared
 * statements, sent together as one implicit transaction in one round trip,
 * answered later on the event loop.
 *
 * A batch either commits as a whole or, when any statement fails, not at all.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_DB_DB_H
#define API_DB_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "core/arena.h"
#include "core/err.h"

enum db_login { DB_OFFICER, DB_CHANNEL, DB_PUBLIC, DB_LOGIN__COUNT };

#define DB_AS_OFFICER (1u << DB_OFFICER)
#define DB_AS_CHANNEL (1u << DB_CHANNEL)
#define DB_AS_PUBLIC  (1u << DB_PUBLIC)

enum db_statement {
#define S(name, logins, nparam, text) DB_##name,
#include "db/statements.def"
#undef S
	DB_STATEMENT__COUNT
};

/* One parameter: text (NUL-terminated) unless binary; NULL data is SQL null. */
struct db_param {
	const void *data;
	size_t len;
	bool binary;
};

/* A text parameter; NULL is SQL null. */
static inline struct db_param
db_text(const char *text)
{
	return (struct db_param){text, text == NULL ? 0 : strlen(text), false};
}

static inline struct db_param
db_bytes(const void *data, size_t len)
{
	return (struct db_param){data, len, true};
}

struct db_batch;
struct db_rows;

/*
 * What the database said of a failed batch: places in the input that functions
 * of schema api name themselves, never values.
 */
struct db_fault {
	char sqlstate[6];
	char pointer[64]; /* column name field: "/category" */
	char code[64]; /* constraint name field: "unknown", a status */
};

/* Called once, on the event loop, unless db_batch_forget() came first. */
typedef void (*db_done_fn)(void *arg, enum err);

/* Lives in the arena; up to 4 statements. */
struct db_batch *db_batch_new(struct arena *, enum db_login);
/* Values must live until the batch is sent (db_batch_send copies them). */
void db_batch_add(struct db_batch *, enum db_statement,
    const struct db_param *params, size_t count);
/*
 * Sends or queues. ERR_UNAVAILABLE at once when no connection is up or the
 * queue is full; then the callback is not called.
 * The error given to the callback: OK, ERR_UNAVAILABLE (connection lost,
 * deadline, 57xxx, 40001, 40P01, 53xxx, 55P03), or the error of a SQLSTATE
 * that schema api raises (CR401 ERR_UNAUTHENTICATED, CR403 ERR_FORBIDDEN,
 * CR404, CR409 ERR_CONFLICT, CR412 ERR_STALE, CR422 ERR_INVALID, CR428,
 * CR429 ERR_TOO_MANY), 22xxx ERR_INVALID, everything else ERR_BROKEN.
 */
must_check enum err db_batch_send(struct db_batch *, db_done_fn, void *arg);
/* The asker went away: no callback any more; what was sent still happens. */
void db_batch_forget(struct db_batch *);
/* Frees the results. The arena keeps the rest. NULL is legal. */
void db_batch_clear(struct db_batch *);
const struct db_fault *db_batch_fault(const struct db_batch *);
/* Result of statement number index, after OK. Borrowed from the batch. */
const struct db_rows *db_batch_rows(const struct db_batch *, size_t index);

size_t db_rows_count(const struct db_rows *);
/* Column number by name at or after column from; -1 if there is none. */
int db_rows_column(const struct db_rows *, const char *name, int from);
/* Text value, NUL-terminated, NULL for SQL null. Borrowed from the batch. */
const char *db_rows_text(const struct db_rows *, size_t row, int column);
size_t db_rows_len(const struct db_rows *, size_t row, int column);

/* True when at least one connection of each login is up and prepared. */
bool db_ready(void);

#endif
