/*
 * What an SQLSTATE means to us: those of schema api, then those of PostgreSQL
 * by class.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_DB_SQLSTATE_H
#define API_DB_SQLSTATE_H

#include "core/err.h"

/* Never OK. ERR_BROKEN for what only a fault of ours can cause. */
enum err sqlstate_error(const char *sqlstate);

#endif
