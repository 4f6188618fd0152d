/*
 * One statement's rows, inside db/.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_DB_ROWS_H
#define API_DB_ROWS_H

#include <libpq-fe.h>

struct db_rows {
	PGresult *result;
};

#endif
