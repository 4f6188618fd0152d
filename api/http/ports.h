/*
 * What each port answers: the rows of routes.def, and those of the metrics
 * port.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_HTTP_PORTS_H
#define API_HTTP_PORTS_H

#include <stddef.h>

#include "call/call.h"

struct port {
	const struct route *rows;
	size_t count;
};

extern const struct port ports_public;
/* Plain HTTP on the loopback address. */
extern const struct port ports_local;

#endif
