/*
 * The rows of statements.def as a table.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_DB_STATEMENTS_H
#define API_DB_STATEMENTS_H

#include "db/db.h"

#define STATEMENTS_PARAM_MAX 25

struct statement {
	const char *name; /* "REPORT_OPEN": also its name as prepared */
	const char *text;
	unsigned logins; /* DB_AS_* */
	int params;
};

const struct statement *statements_get(enum db_statement);
/* "crm_officer"; static text. */
const char *statements_login(enum db_login);

#endif
