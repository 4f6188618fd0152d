/*
 * Kore's request as ours.
 *
 * SPDX-License-Identifier: ISC
 */
#include "http/fill.h"

#include <string.h>
#include <strings.h>

#include <kore/kore.h>

#include <kore/http.h>

static void
fill_headers(struct request *out, struct http_request *req)
{
	static const struct {
		const char *name;
		size_t at;
	} fields[] = {
	    {"authorization", offsetof(struct request, authorization)},
	    {"cookie", offsetof(struct request, cookie)},
	    {"content-type", offsetof(struct request, content_type)},
	    {"if-match", offsetof(struct request, if_match)},
	    {"idempotency-key", offsetof(struct request, idempotency_key)},
	    {"accept-language", offsetof(struct request, accept_language)},
	    {"x-crm", offsetof(struct request, x_crm)},
	    {"origin", offsetof(struct request, origin)},
	    {"sec-fetch-site", offsetof(struct request, fetch_site)},
	    {"sec-ch-ua-mobile", offsetof(struct request, mobile)},
	};
	struct http_header *header;
	size_t i;

	TAILQ_FOREACH(header, &req->req_headers, list)
	{
		for (i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
			if (strcasecmp(header->header, fields[i].name) == 0)
				memcpy((char *)out + fields[i].at,
				    &header->value, sizeof(header->value));
	}
}

static enum method
fill_method(uint8_t method)
{
	switch (method) {
	case HTTP_METHOD_POST:
		return METHOD_POST;
	case HTTP_METHOD_PUT:
		return METHOD_PUT;
	case HTTP_METHOD_PATCH:
		return METHOD_PATCH;
	case HTTP_METHOD_DELETE:
		return METHOD_DELETE;
	default: /* bits, not an enum */
		return METHOD_GET;
	}
}

void
fill_request(struct request *out, struct http_request *req)
{
	struct connection *c = req->owner;

	out->method = fill_method(req->method);
	out->host = req->host;
	out->query = req->query_string;
	fill_headers(out, req);
	if (c->family == AF_INET) {
		out->peer = (const uint8_t *)&c->addr.ipv4.sin_addr;
		out->peer_len = sizeof(c->addr.ipv4.sin_addr);
	} else if (c->family == AF_INET6) {
		out->peer = (const uint8_t *)&c->addr.ipv6.sin6_addr;
		out->peer_len = sizeof(c->addr.ipv6.sin6_addr);
	}
	if (req->http_body != NULL) {
		/* Kore forgets the offset of a body that is complete. */
		out->body = req->http_body->data;
		out->body_len = req->http_body_length;
	}
}
