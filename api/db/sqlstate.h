/*
 * What an SQLSTATE means to us: those of schema api, then those of PostgreSQL
 * by class.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_DB_SQLSTATE_H
#define API_DB_SQLSTATE_H

#include "core/err.h"

/*
 * "cached plan must not change result type": a migration changed what a
 * prepared statement returns. None of ours asks for what PostgreSQL lacks.
 */
#define SQLSTATE_STALE "0A000"

/* Never OK. ERR_BROKEN for what only a fault of ours can cause. */
enum err sqlstate_error(const char *sqlstate);

#endif
