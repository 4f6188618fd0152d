/*
 * Rows as the rest of the server reads them.
 *
 * SPDX-License-Identifier: ISC
 */
#include "db/rows.h"

#include <string.h>

#include "core/check.h"
#include "db/db.h"

size_t
db_rows_count(const struct db_rows *rows)
{
	return (size_t)PQntuples(rows->result);
}

int
db_rows_column(const struct db_rows *rows, const char *name, int from)
{
	int column, count = PQnfields(rows->result);

	for (column = from; column < count; column++)
		if (strcmp(PQfname(rows->result, column), name) == 0)
			return column;
	return -1;
}

/* A column the query does not have would read as someone else's. */
static void
place_check(const struct db_rows *rows, size_t row, int column)
{
	must(row < db_rows_count(rows), "the result has this row");
	must(column >= 0 && column < PQnfields(rows->result),
	    "the result has this column");
}

const char *
db_rows_text(const struct db_rows *rows, size_t row, int column)
{
	place_check(rows, row, column);
	if (PQgetisnull(rows->result, (int)row, column))
		return NULL;
	return PQgetvalue(rows->result, (int)row, column);
}

size_t
db_rows_len(const struct db_rows *rows, size_t row, int column)
{
	place_check(rows, row, column);
	return (size_t)PQgetlength(rows->result, (int)row, column);
}
