/*
 * What the commands share: how they speak, how they fail and how they reach
 * the database. A command is name_main(argc, argv) with its own name in
 * argv[0]; it returns the exit status of the process.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_CLI_CLI_H
#define API_CLI_CLI_H

#include <stdbool.h>
#include <stddef.h>

#include "core/buf.h"
#include "core/err.h"
#include "db/sync.h"

enum cli_exit { CLI_DONE = 0, CLI_FAILED = 1, CLI_USAGE = 2 };

/* One row of commands.def. */
typedef int (*cli_fn)(int argc, char **argv);

#define COMMAND(name, function, usage, what) int function(int, char **);
#include "cli/commands.def"
#undef COMMAND

/* "crm: text" on standard error; returns CLI_FAILED. Never secrets. */
int cli_fail(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* The usage lines of a command on standard error; returns CLI_USAGE. */
int cli_usage(const char *command);

/*
 * Connects as the owner. NULL after saying why not; otherwise the caller
 * closes it.
 */
struct sync *cli_database(void);
/* sync_query() that says what went wrong. */
must_check enum err cli_query(struct sync *, struct sync_rows **out,
    const char *text, const char *const *params, size_t count);
/* begin, commit, rollback and the like. */
must_check enum err cli_script(struct sync *, const char *text);

/*
 * A whole file into the buffer, with a NUL after its last byte that does not
 * count; "-" is standard input. Says what went wrong. ERR_NOT_FOUND,
 * ERR_UNAVAILABLE, ERR_TOO_LARGE.
 */
must_check enum err cli_read(struct buf *out, const char *path);
/* True for an instance that config/up made for demonstration and tests. */
bool cli_is_demo(void);
/* state/name; the caller frees it. */
char *cli_path(const char *name);

#endif
