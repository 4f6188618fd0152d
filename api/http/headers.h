/*
 * The head of an answer: status line, security headers and what the answer
 * itself says. Pure; http/response.c sends it.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_HTTP_HEADERS_H
#define API_HTTP_HEADERS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/buf.h"
#include "core/err.h"

enum headers_kind {
	HEADERS_API, /* JSON, problems, text */
	HEADERS_PHOTO, /* bytes of a photo: opens as nothing but itself */
	HEADERS_CLIENT, /* files of the web client */
};

struct headers {
	int status;
	enum headers_kind kind;
	const char *date; /* IMF-fixdate */
	const char *media_type; /* these may be NULL: no header */
	const char *confidentiality;
	const char *cache_control;
	const char *etag;
	const char *location;
	const char *cookie;
	const char *clear_site_data;
	const char *encoding;
	const char *rate_policy;
	const char *rate_left;
	bool varies_by_encoding;
	bool varies_by_language;
	bool is_replayed;
	bool closes;
	bool is_old; /* answers HTTP/1.0 */
	int retry_after; /* 0: no header */
	unsigned allow; /* 1u << METHOD_*; 0: no header */
	size_t body_len;
};

/*
 * ERR_BROKEN when a value holds a control character, which would let it start
 * a header of its own.
 */
must_check enum err headers_write(struct buf *out, const struct headers *);
/* "Not Found"; static text. */
const char *headers_reason(int status);

#endif
