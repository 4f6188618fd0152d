/*
 * The handlers that routes.def names, declared from its rows.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_ROUTES_H
#define API_ROUTES_H

#include "call/call.h"

/* No viewer is made: the handler knows nothing of who asks. */
#define ANYONE 0u

#define ROUTE(method, path, readers, body, part, operation)                    \
	enum err operation##_ask(struct call *);                               \
	enum err operation##_answer(struct call *);
#define ROUTE_ASK(method, path, readers, body, part, operation)                \
	enum err operation##_ask(struct call *);
#include "routes.def"
#undef ROUTE
#undef ROUTE_ASK

#endif
