/*
 * One row of a table as a report.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_INTAKE_ROW_H
#define API_INTAKE_ROW_H

#include <stdbool.h>

#include "core/buf.h"
#include "core/err.h"
#include "core/json.h"

#define ROW_FIELDS_MAX 32

/* Which column of the file holds what; -1: none. */
struct row_columns {
	int at[ROW_FIELDS_MAX];
	int count; /* fields of a row */
};

struct row_field {
	char *text; /* NUL-terminated */
	size_t len;
};

/*
 * From the first row. ERR_INVALID for a name that is not known or stands
 * twice, or without "description"; bad is then the number of that column, from
 * 1, or 0.
 */
must_check enum err row_columns_read(
    struct row_columns *, int *bad, const struct row_field *, int count);
bool row_is_blank(const struct row_field *, int count);
/*
 * The JSON to hand in, which the caller frees with cJSON_free(). NULL when the
 * row cannot be a report: codes says why, as the API would.
 */
char *row_report(
    struct buf *codes, const struct row_columns *, const struct row_field *);

#endif
