/*
 * Answers with files of the web client. Pure: http/response.c sends them.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_HTTP_CLIENT_H
#define API_HTTP_CLIENT_H

#include <stdbool.h>
#include <stdint.h>

#include "core/err.h"
#include "http/headers.h"

/* What a request for a file says; texts may be NULL. */
struct client_request {
	const char *path; /* decoded */
	bool is_get; /* GET or HEAD */
	const char *accept;
	const char *accept_encoding;
	const char *if_none_match;
};

/*
 * The file of that path, or the front page for the paths that the client
 * shows itself. *body is constant and lives as long as the process.
 * ERR_NOT_FOUND; ERR_METHOD: a file takes GET only.
 */
must_check enum err client_open(struct headers *out, const uint8_t **body,
    size_t *len, const struct client_request *);

#endif
