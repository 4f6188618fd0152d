/*
 * The only file that sends anything to a client. Heads are written by
 * http/headers.c, not by Kore: its own have no Date, name the server and copy
 * every value twice.
 *
 * SPDX-License-Identifier: ISC
 */
#include "http/response.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include <kore/kore.h>

#include <kore/http.h>

#include "core/clock.h"
#include "core/heap.h"
#include "core/hex.h"
#include "core/log.h"
#include "core/random.h"
#include "health/counters.h"
#include "kore/guard_install.h"
#include "policy/problem.h"

#define HEAD_MAX 16384
/* Up to here head and body travel in one piece. */
#define COPY_MAX (NETBUF_SEND_PAYLOAD_MAX - 2048)

/* guard_install.c catches Kore's own answers at net_send_queue(). */
void __real_net_send_queue(struct connection *, const void *, size_t);

static bool closes_all;

static const char *
response_date(void)
{
	static char text[CLOCK_HTTP_DATE_LEN + 1];
	static int64_t second;
	int64_t now = clock_now_ms();

	if (second != now / 1000) {
		second = now / 1000;
		clock_http_date(text, now);
	}
	return text;
}

static bool
response_closes(struct http_request *req)
{
	const char *connection;

	if (closes_all || (req->flags & HTTP_VERSION_1_0) != 0 ||
	    (req->owner->flags & CONN_CLOSE_EMPTY) != 0)
		return true;
	return http_request_header(req, "connection", &connection) &&
	    strcasecmp(connection, "close") == 0;
}

static int
response_done(struct netbuf *sent)
{
	heap_free(sent->extra);
	return KORE_RESULT_OK;
}

/* body: owned memory to free, or NULL when data is borrowed for good. */
static void
response_body(struct connection *c, const void *data, size_t len, void *owned)
{
	struct netbuf *out;

	if (len <= COPY_MAX) {
		__real_net_send_queue(c, data, len);
		heap_free(owned);
		return;
	}
	net_send_stream(c, (void *)(uintptr_t)data, len, response_done, &out);
	out->extra = owned;
}

/* Head, then body, then the next request may come. */
static void
response_send(struct http_request *req, struct headers *headers,
    const void *body, size_t len, void *owned)
{
	struct connection *c = req->owner;
	struct buf head;

	headers->date = response_date();
	headers->body_len = len;
	headers->closes = response_closes(req);
	headers->is_old = (req->flags & HTTP_VERSION_1_0) != 0;
	buf_init(&head, HEAD_MAX);
	if (headers_write(&head, headers) != OK) {
		log_event(LOG_LEVEL_ERROR, "header_refused");
		buf_clear(&head);
		heap_free(owned);
		kore_connection_disconnect(c);
		return;
	}
	if (headers->closes)
		c->flags |= CONN_CLOSE_EMPTY;
	req->status = (uint16_t)headers->status;
	req->content_length = len;
	__real_net_send_queue(c, head.data, head.len);
	buf_clear(&head);
	if (req->method != HTTP_METHOD_HEAD && len > 0)
		response_body(c, body, len, owned);
	else
		heap_free(owned);
	if (net_send_flush(c) != KORE_RESULT_OK)
		kore_connection_disconnect(c);
	else if (!headers->closes)
		guard_next(c);
}

/* Waiting clients must not all come back in the same second. */
static int
response_retry(int seconds)
{
	if (seconds <= 0)
		return 0;
	return seconds + (int)random_below((uint32_t)seconds / 2 + 2);
}

void
response_answer(struct http_request *req, struct answer *answer)
{
	struct headers headers = {0};
	uint8_t *body = answer->body.data;
	size_t len = answer->body.len;
	char keep[48];

	headers.status = answer->status;
	headers.kind = answer->media_type != NULL &&
		strncmp(answer->media_type, "image/", 6) == 0
	    ? HEADERS_PHOTO
	    : HEADERS_API;
	headers.media_type = answer->media_type;
	headers.confidentiality = labels_confidentiality_wire(answer->level);
	headers.cache_control = "no-store";
	if (answer->keep_seconds > 0) {
		(void)snprintf(keep, sizeof(keep), "private, max-age=%d",
		    answer->keep_seconds);
		headers.cache_control = keep;
		headers.varies_by_language = true;
	}
	headers.etag = answer->etag;
	headers.location = answer->location;
	headers.cookie = answer->cookie;
	headers.clear_site_data = answer->clear_site_data;
	headers.is_replayed = answer->is_replayed;
	headers.retry_after = response_retry(answer->retry_after);
	headers.rate_policy = answer->rate_policy;
	headers.rate_left = answer->rate_left;
	headers.allow = answer->allow;
	memset(&answer->body, 0, sizeof(answer->body));
	response_send(req, &headers, body, len, body);
}

void
response_static(struct http_request *req, struct headers *headers,
    const void *body, size_t len)
{
	response_send(req, headers, body, len, NULL);
}

void
response_refuse(struct connection *c, enum err err, enum lang lang)
{
	struct headers headers = {0};
	struct answer answer = {0};
	struct buf head;
	uint8_t bytes[16];
	char request_id[33];

	random_bytes(bytes, sizeof(bytes));
	hex_encode(request_id, bytes, sizeof(bytes));
	policy_problem(&answer, err, lang, request_id);
	headers.status = answer.status;
	headers.kind = HEADERS_API;
	headers.date = response_date();
	headers.media_type = answer.media_type;
	headers.confidentiality = labels_confidentiality_wire(answer.level);
	headers.cache_control = "no-store";
	headers.retry_after = response_retry(answer.retry_after);
	headers.closes = true;
	headers.body_len = answer.body.len;
	buf_init(&head, HEAD_MAX);
	if (headers_write(&head, &headers) == OK) {
		__real_net_send_queue(c, head.data, head.len);
		__real_net_send_queue(c, answer.body.data, answer.body.len);
	}
	buf_clear(&head);
	buf_clear(&answer.body);
	counters_request(COUNTERS_REFUSED, headers.status, 0);
	log_event(LOG_LEVEL_INFO, "request", log_text("route", "refused"),
	    log_int("status", headers.status), log_int("ms", 0),
	    log_text("request_id", request_id),
	    log_int("bytes", (int64_t)headers.body_len));
}

void
response_continue(struct connection *c)
{
	static const char text[] = "HTTP/1.1 100 Continue\r\n\r\n";

	__real_net_send_queue(c, text, sizeof(text) - 1);
}

void
response_close_all(void)
{
	closes_all = true;
}
