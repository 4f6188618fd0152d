/*
 * The handlers that routes.def names, declared from its rows.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_ROUTES_H
#define API_ROUTES_H

#include "call/call.h"

#define ROUTE(method, path, readers, body, part, operation)                    \
	enum err operation##_ask(struct call *);                               \
	enum err operation##_answer(struct call *);
#include "routes.def"
#undef ROUTE

#endif
