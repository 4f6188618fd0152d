/*
 * Puts the guard in front of Kore's own parser and our problem answers in
 * place of Kore's empty ones, by catching (ld --wrap) the calls with which
 * http.c asks net.c for bytes and sends some.
 *
 * SPDX-License-Identifier: ISC
 */
#include "kore/guard_install.h"

#include <sys/socket.h>

#include <string.h>

#include <kore/kore.h>

#include <kore/http.h>

#include "http/entry.h"
#include "http/response.h"
#include "kore/guard.h"

/* What a refused client may still send before we close, in bytes and time:
 * closing at once would reset the connection, and the answer with it. */
#define DISCARD_BYTES (4u * 1024 * 1024)
#define DISCARD_MS    2000
/* A body may take this long, plus a millisecond for every 8 bytes. */
#define BODY_MS     20000
#define BODY_MS_MAX 300000

void
__real_net_recv_reset(struct connection *, size_t, int (*)(struct netbuf *));
void
__wrap_net_recv_reset(struct connection *, size_t, int (*)(struct netbuf *));
void __real_net_recv_queue(
    struct connection *, size_t, int, int (*)(struct netbuf *));
void __wrap_net_recv_queue(
    struct connection *, size_t, int, int (*)(struct netbuf *));
void __real_net_send_queue(struct connection *, const void *, size_t);
void __wrap_net_send_queue(struct connection *, const void *, size_t);

static int
guard_discard(struct netbuf *in)
{
	uintptr_t seen = (uintptr_t)in->extra + in->s_off;

	in->extra = (void *)seen;
	in->s_off = 0;
	return seen > DISCARD_BYTES ? KORE_RESULT_ERROR : KORE_RESULT_OK;
}

static int
guard_refuse(struct connection *c, enum err err, enum lang lang)
{
	response_refuse(c, err, lang);
	if (net_send_flush(c) != KORE_RESULT_OK)
		return KORE_RESULT_ERROR;
	if (!TAILQ_EMPTY(&c->send_queue)) {
		c->flags |= CONN_CLOSE_EMPTY;
		c->evt.flags &= ~KORE_EVENT_READ;
		return KORE_RESULT_OK;
	}
	if (c->ssl != NULL)
		(void)SSL_shutdown(c->ssl);
	(void)shutdown(c->fd, SHUT_WR);
	__real_net_recv_reset(c, NETBUF_SEND_PAYLOAD_MAX, guard_discard);
	c->rnb->extra = NULL;
	c->http_start = kore_time_ms();
	c->http_timeout = DISCARD_MS;
	return KORE_RESULT_OK;
}

/*
 * The request Kore just made of a head, or NULL when it refused it. The one
 * that was answered before may still be in front of it.
 */
static struct http_request *
guard_request(struct connection *c)
{
	struct http_request *req, *last = NULL;

	if (c->state != CONN_STATE_ESTABLISHED ||
	    (c->flags & CONN_CLOSE_EMPTY) != 0)
		return NULL;
	TAILQ_FOREACH(req, &c->http_requests, olist)
	{
		last = req;
	}
	if (last == NULL || (last->flags & HTTP_REQUEST_DELETE) != 0)
		return NULL;
	return last;
}

static int
guard_pass(struct netbuf *in, struct guard_head *head)
{
	struct connection *c = in->owner;
	struct http_request *req;
	uint64_t body_ms;
	enum err err;
	int result;

	err = entry_may_send(head, (const char *)in->buf);
	if (err != OK)
		return guard_refuse(
		    c, err, head->speaks_indonesian ? LANG_ID : LANG_EN);
	in->s_off = guard_compact(head, in->buf, in->s_off);
	if (head->expects_continue &&
	    in->s_off - head->head_len < head->body_len)
		response_continue(c);
	result = http_header_recv(in);
	req = guard_request(c);
	if (result != KORE_RESULT_OK || req == NULL)
		return result;
	entry_begin(req, head);
	if ((req->flags & HTTP_REQUEST_COMPLETE) == 0) {
		body_ms = BODY_MS + head->body_len / 8;
		c->http_timeout = MIN(body_ms, BODY_MS_MAX);
	}
	return KORE_RESULT_OK;
}

static int
guard_receive(struct netbuf *in)
{
	struct connection *c = in->owner;
	struct guard_head head;

	switch (
	    guard_read(&head, in->buf, in->s_off, in->b_len, http_body_max)) {
	case GUARD_MORE:
		/* The next head on a kept connection: its time starts now. */
		if (c->http_timeout == 0) {
			c->http_start = kore_time_ms();
			c->http_timeout = (u_int64_t)http_header_timeout * 1000;
		}
		return KORE_RESULT_OK;
	case GUARD_OK:
		return guard_pass(in, &head);
	case GUARD_REFUSED:
		break;
	}
	return guard_refuse(
	    c, head.why, head.speaks_indonesian ? LANG_ID : LANG_EN);
}

void
guard_next(struct connection *c)
{
	/* An idle connection is kept as long as http_keepalive_time says. */
	c->http_timeout = 0;
	__real_net_recv_reset(c, http_header_max, guard_receive);
	if (net_recv_flush(c) != KORE_RESULT_OK)
		kore_connection_disconnect(c);
}

void
__wrap_net_recv_reset(
    struct connection *c, size_t len, int (*receive)(struct netbuf *))
{
	if (receive != http_header_recv) {
		__real_net_recv_reset(c, len, receive);
		return;
	}
	/*
	 * Kore asks for the next request as soon as a body is complete. Two at
	 * a time would answer each other's client: nothing is read until the
	 * answer is sent (guard_next).
	 */
	kore_free(c->rnb->buf);
	c->rnb->buf = NULL;
	c->rnb->m_len = 0;
}

void
__wrap_net_recv_queue(struct connection *c, size_t len, int flags,
    int (*receive)(struct netbuf *))
{
	__real_net_recv_queue(c, len, flags,
	    receive == http_header_recv ? guard_receive : receive);
}

static enum err
guard_status(const char *head, size_t len)
{
	int err, status = 0;
	size_t i;

	for (i = 9; i < len && i < 12; i++)
		status = status * 10 + (head[i] - '0');
	for (err = OK + 1; err < ERR__COUNT; err++)
		if (err_status((enum err)err) == status)
			return (enum err)err;
	return ERR_BROKEN;
}

/* Kore answers nothing but its own errors itself, with an empty body. */
void
__wrap_net_send_queue(struct connection *c, const void *data, size_t len)
{
	if (c->proto != CONN_PROTO_HTTP) {
		__real_net_send_queue(c, data, len);
		return;
	}
	/* Time is up for a client that already has its answer. */
	if (c->rnb != NULL && c->rnb->cb == guard_discard)
		return;
	response_refuse(c, guard_status(data, len), LANG_EN);
}
