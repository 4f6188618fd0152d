/*
 * Where a list goes on: opaque to the client, authenticated, and good only for
 * the list it came from.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_AUTH_CURSOR_H
#define API_AUTH_CURSOR_H

#include <stdbool.h>
#include <stddef.h>

#include "auth/keys.h"
#include "core/err.h"

#define CURSOR_TEXT_MAX 255

/* The last row that was shown. */
struct cursor {
	char sort[24]; /* name of the order, e.g. "-received_at" */
	char key[64]; /* its sort key as text */
	bool has_key; /* false: the key is SQL null */
	char id[40];
};

/*
 * context names the list and what it was asked for (route, account, filters):
 * a cursor is refused in any other. out is NUL-terminated.
 */
void cursor_encode(char out[CURSOR_TEXT_MAX + 1], const struct keys *,
    const char *context, const struct cursor *);
/* ERR_INVALID for whatever cursor_encode() did not make in this context. */
must_check enum err cursor_decode(struct cursor *out, const struct keys *,
    const char *context, const char *text, size_t len);

#endif
