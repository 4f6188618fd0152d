/*
 * Reports that come as a table (CSV).
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_INTAKE_TABLE_H
#define API_INTAKE_TABLE_H

#include <stdbool.h>

#include "core/err.h"
#include "intake/post.h"

struct table_options {
	const char *path;
	const char *channel;
	const char *result; /* NULL: path with ".result.csv" behind it */
	bool is_dry; /* look at all rows, hand in none */
};

struct table_count {
	size_t taken;
	size_t again;
	size_t refused;
	size_t left;
};

/*
 * Hands in row by row and writes what became of each: number, result, ticket
 * and codes, nothing of the row itself. May be killed at any moment and run
 * again: what was taken in is not taken in twice. Says what went wrong.
 */
must_check enum err
table_run(struct table_count *, struct post *, const struct table_options *);

#endif
