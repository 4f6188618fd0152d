/*
 * From a request's path to a row of the route table. Pure.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_HTTP_ROUTER_H
#define API_HTTP_ROUTER_H

#include <stddef.h>

#include "call/call.h"
#include "core/err.h"

#define ROUTER_PATH_MAX 1900
#define ROUTER_ID_MAX   64

/*
 * Percent-decodes the path once. ERR_MALFORMED for what could mean another
 * path to someone else: no leading slash, empty or dot segments ("//", "..",
 * ".") but a last empty one, backslash, control characters, bad or overlong
 * UTF-8, bad escapes, an escaped slash; ERR_URI_TOO_LONG. out is
 * NUL-terminated.
 */
must_check enum err
router_decode(char out[ROUTER_PATH_MAX + 1], const char *path, size_t len);

/* Below it addresses end in ".xml", ".json" or neither, which is XML. */
#define ROUTER_GEOREPORT "/open311/"

struct router_match {
	const struct route *route;
	char id[ROUTER_ID_MAX + 1]; /* empty when the path has none */
	enum answer_format format; /* set whatever else is found */
	unsigned allow; /* 1u << METHOD_*: what the path knows */
};

/*
 * path: as router_decode() gives it. A row's ".{format}" takes the ending of
 * a path below ROUTER_GEOREPORT. ERR_NOT_FOUND when no row has the path;
 * ERR_METHOD when rows have it, but not with this method. allow is set in both
 * other cases.
 */
must_check enum err router_find(struct router_match *out,
    const struct route *rows, size_t count, enum method, const char *path);

#endif
