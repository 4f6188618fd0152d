/*
 * The one table of SQLSTATEs. See sqlstate.h.
 *
 * SPDX-License-Identifier: ISC
 */
#include "db/sqlstate.h"

#include <stddef.h>
#include <string.h>

/* The first row whose start fits decides. */
static const struct {
	const char *start;
	enum err err;
} rows[] = {
    {"CR401", ERR_UNAUTHENTICATED},
    {"CR403", ERR_FORBIDDEN},
    {"CR404", ERR_NOT_FOUND},
    {"CR409", ERR_CONFLICT},
    {"CR412", ERR_STALE},
    {"CR422", ERR_INVALID},
    {"CR428", ERR_NO_IF_MATCH},
    {"CR429", ERR_TOO_MANY},
    {"22", ERR_INVALID},
    {"08", ERR_UNAVAILABLE}, /* connection */
    {"53", ERR_UNAVAILABLE}, /* resources */
    {"57", ERR_UNAVAILABLE}, /* shutdown, statement_timeout */
    {"58", ERR_UNAVAILABLE}, /* disk */
    {"40001", ERR_UNAVAILABLE}, /* serialization */
    {"40P01", ERR_UNAVAILABLE}, /* deadlock */
    {"55P03", ERR_UNAVAILABLE}, /* lock_timeout */
    {"25006", ERR_UNAVAILABLE}, /* a standby */
    {SQLSTATE_STALE, ERR_UNAVAILABLE},
};

enum err
sqlstate_error(const char *sqlstate)
{
	size_t i, len;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		len = strlen(rows[i].start);
		if (strncmp(sqlstate, rows[i].start, len) == 0)
			return rows[i].err;
	}
	return ERR_BROKEN;
}
