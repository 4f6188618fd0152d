/*
 * The rows of statements.def as a table.
 *
 * SPDX-License-Identifier: ISC
 */
#include "db/statements.h"

static const struct statement table[] = {
#define S(name, logins, params, text) {#name, text, logins, params},
#include "db/statements.def"
#undef S
};

static const char *const logins[DB_LOGIN__COUNT] = {
    [DB_OFFICER] = "crm_officer",
    [DB_CHANNEL] = "crm_channel",
    [DB_PUBLIC] = "crm_public",
};

#define S(name, logins, params, text)                                          \
	_Static_assert((params) <= STATEMENTS_PARAM_MAX, "too many: " #name);
#include "db/statements.def"
#undef S

const struct statement *
statements_get(enum db_statement statement)
{
	return &table[statement];
}

const char *
statements_login(enum db_login login)
{
	return logins[login];
}
