/*
 * What came in, checked and put into the fields of the call. Pure.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_HTTP_REQUEST_H
#define API_HTTP_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "auth/jwt.h"
#include "call/call.h"
#include "core/err.h"

#define REQUEST_JSON_MAX  (64u * 1024)
#define REQUEST_COOKIE    "__Host-crm"
#define REQUEST_TOKEN_MAX 128

/* One request's parts; all borrowed, texts may be NULL. */
struct request {
	enum method method;
	const char *query;
	const char *host;
	const char *authorization;
	const char *cookie;
	const char *content_type;
	const char *if_match;
	const char *idempotency_key;
	const char *accept_language;
	const char *x_crm;
	const char *origin;
	const char *fetch_site;
	const char *mobile;
	const uint8_t *peer; /* 4 or 16 bytes of the address */
	size_t peer_len;
	const uint8_t *body;
	size_t body_len;
};

/* Which language the reader wants to be answered in. */
enum lang request_language(const struct request *);
/* Query and plain headers. ERR_MALFORMED for a bad query string or
 * a session cookie that is there twice. */
must_check enum err request_read(struct call *, const struct request *);

/* The token in the value of an Authorization header; false: it has none. */
bool request_bearer(
    const char **token, size_t *token_len, const char *value, size_t len);
/*
 * Who asks, as far as it can be known before the database is asked.
 * *unknown_key: well-made token of a key that is not in the table (then
 * ERR_UNAUTHENTICATED; load the keys again and call this once more).
 * ERR_MALFORMED for cookie and token together, ERR_UNAUTHENTICATED,
 * ERR_FORBIDDEN for a write from another site or a reader the route never
 * takes.
 */
must_check enum err request_viewer(struct call *, const struct request *,
    struct jwt_verifier *, int64_t now_ms, bool *unknown_key);

/*
 * The body as the route takes it; a form says who asks as well. ERR_MEDIA_TYPE,
 * ERR_TOO_LARGE, ERR_MALFORMED, ERR_FORBIDDEN for a form without api_key. Names
 * the fault in the answer.
 */
must_check enum err request_body(struct call *, const struct request *);

#endif
