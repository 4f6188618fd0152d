/*
 * Where requests come in, and the driver that walks each through its steps.
 *
 * SPDX-License-Identifier: ISC
 */
#include "http/entry.h"

#include <stddef.h>
#include <string.h>

#include <kore/kore.h>

#include <kore/http.h>

#include "core/check.h"
#include "core/clock.h"
#include "core/hex.h"
#include "core/log.h"
#include "core/random.h"
#include "health/counters.h"
#include "http/channels.h"
#include "http/client.h"
#include "http/fill.h"
#include "http/limits.h"
#include "http/ports.h"
#include "http/request.h"
#include "http/response.h"
#include "http/router.h"
#include "kore/guard.h"
#include "policy/problem.h"

#define ENTRY_MAGIC 0x656e7472u
#define GONE        499 /* in the log only: the client did not wait */

/* Where a request is on its way. */
enum step {
	STEP_MATCH, /* which row, which file */
	STEP_READ, /* headers, query, who asks, body */
	STEP_ASK, /* the handler's name_ask() */
	STEP_WAIT, /* for the database, a thread or the channels' keys */
	STEP_ANSWER, /* the handler's name_answer() */
	STEP_SEND, /* the answer, or the problem */
	STEP_DONE
};

struct entry {
	unsigned magic;
	enum step step;
	struct http_request *req;
	const struct port *port;
	const char *series_name;
	unsigned series;
	int64_t started;
	uint64_t large; /* bytes of the body counted against the limit */
	bool is_logged;
	bool has_asked_keys;
	struct channels_wait keys;
	struct router_match match;
	struct request request;
	struct call call;
};

static const struct service *service;
static uint64_t large_bytes;

void
entry_start(const struct service *shared)
{
	service = shared;
}

static struct entry *
entry_of(struct http_request *req)
{
	struct entry *entry = http_state_get(req);

	must(entry != NULL && entry->magic == ENTRY_MAGIC,
	    "a request has its entry");
	return entry;
}

/* --- before the handler --------------------------------------------------- */

/*
 * How much room for large bodies this head may use. A cookie costs nothing to
 * make up and only the database can tell, so it never takes all of it: others
 * could not send at all while such bodies are awaited.
 */
static enum err
entry_room(uint64_t *room, const struct guard_head *head, const char *data)
{
	char kid[JWT_KID_MAX + 1];
	const char *token;
	size_t len;

	*room = ENTRY_LARGE_UNPROVEN_MAX;
	if (head->authorization_len == 0)
		return head->has_cookie ? OK : ERR_UNAUTHENTICATED;
	if (!request_bearer(&token, &len, data + head->authorization,
		head->authorization_len))
		return ERR_UNAUTHENTICATED;
	switch ((int)jwt_verify(
	    kid, channels_verifier(), token, len, clock_now_ms())) {
	case JWT_VALID:
		*room = ENTRY_LARGE_MAX;
		return OK;
	case JWT_UNKNOWN_KEY: /* perhaps a new one */
		return OK;
	}
	return ERR_UNAUTHENTICATED;
}

enum err
entry_may_send(const struct guard_head *head, const char *data)
{
	char decoded[ROUTER_PATH_MAX + 1];
	struct router_match match;
	uint64_t room;
	enum err err;

	if (head->body_len <= ENTRY_BODY_SMALL)
		return OK;
	if (!head->is_post || !head->has_parts ||
	    router_decode(decoded, data + head->path, head->path_len) != OK ||
	    router_find(&match, ports_public.rows, ports_public.count,
		METHOD_POST, decoded) != OK ||
	    (match.route->body != BODY_PARTS && match.route->body != BODY_FORM))
		return ERR_TOO_LARGE;
	/* The key of a form is in the body, where nobody has looked yet. */
	room = ENTRY_LARGE_UNPROVEN_MAX;
	err =
	    match.route->body == BODY_FORM ? OK : entry_room(&room, head, data);
	if (err != OK)
		return err;
	return large_bytes + head->body_len > room ? ERR_UNAVAILABLE : OK;
}

static void
entry_log(struct entry *entry, int status, size_t bytes)
{
	int64_t ms = clock_mono_ms() - entry->started;

	entry->is_logged = true;
	counters_request(entry->series, status, ms);
	log_event(LOG_LEVEL_INFO, "request",
	    log_text("route", entry->series_name), log_int("status", status),
	    log_int("ms", ms), log_text("request_id", entry->call.request_id),
	    log_int("bytes", (int64_t)bytes));
}

/* The request ends, answered or not. */
static void
entry_end(struct http_request *req)
{
	struct entry *entry = entry_of(req);

	if (!entry->is_logged)
		entry_log(entry, GONE, 0);
	large_bytes -= entry->large;
	counters_set(COUNTERS_LARGE_BYTES, (int64_t)large_bytes);
	channels_forget(&entry->keys);
	call_drop(&entry->call);
	buf_clear(&entry->call.answer.body);
	arena_free(entry->call.arena);
	entry->magic = 0;
}

static void
entry_wake(struct call *call)
{
	struct entry *entry = (struct entry *)(void *)((char *)call -
	    offsetof(struct entry, call));

	must(entry->magic == ENTRY_MAGIC, "a call is part of its entry");
	entry->step = STEP_ANSWER;
	http_request_wakeup(entry->req);
}

static void
entry_keys_read(struct channels_wait *wait)
{
	struct entry *entry = (struct entry *)(void *)((char *)wait -
	    offsetof(struct entry, keys));

	must(entry->magic == ENTRY_MAGIC, "a wait is part of its entry");
	entry->step = STEP_READ;
	http_request_wakeup(entry->req);
}

void
entry_begin(struct http_request *req, const struct guard_head *head)
{
	struct entry *entry;
	uint8_t id[16];

	entry = http_state_create(req, sizeof(*entry), entry_end);
	entry->magic = ENTRY_MAGIC;
	entry->req = req;
	entry->started = clock_mono_ms();
	entry->port =
	    req->owner->owner->server->tls ? &ports_public : &ports_local;
	entry->series = COUNTERS_UNKNOWN;
	entry->series_name = "unknown";
	entry->keys.done = entry_keys_read;
	if (head->body_len > ENTRY_BODY_SMALL) {
		entry->large = head->body_len;
		large_bytes += entry->large;
		counters_set(COUNTERS_LARGE_BYTES, (int64_t)large_bytes);
	}
	call_init(&entry->call);
	entry->call.arena = arena_new();
	entry->call.service = service;
	entry->call.wake = entry_wake;
	random_bytes(id, sizeof(id));
	hex_encode(entry->call.request_id, id, sizeof(id));
}

/* --- the steps ------------------------------------------------------------ */

static enum step
entry_problem(struct entry *entry, enum err err)
{
	policy_problem(
	    &entry->call.answer, err, entry->call.lang, entry->call.request_id);
	return STEP_SEND;
}

/* After name_ask() or name_answer(). */
static enum step
entry_after(struct entry *entry, enum err err)
{
	if (err != OK)
		return entry_problem(entry, err);
	if (entry->call.is_waiting)
		return STEP_WAIT;
	must(entry->call.answer.status != 0, "a handler answers or waits");
	return STEP_SEND;
}

static void
entry_name(struct entry *entry, const struct route *route)
{
	entry->series_name = route->name;
	entry->series = entry->port == &ports_public
	    ? COUNTERS_ROUTE + (unsigned)(route - ports_public.rows)
	    : COUNTERS_LOCAL;
}

static const char *
entry_header(struct entry *entry, const char *name)
{
	const char *value;

	return http_request_header(entry->req, name, &value) ? value : NULL;
}

/* Not in the route table: a file of the client, perhaps. */
static enum step
entry_file(struct entry *entry, const char *path)
{
	const struct client_request request = {
	    .path = path,
	    .is_get = entry->req->method == HTTP_METHOD_GET ||
		entry->req->method == HTTP_METHOD_HEAD,
	    .accept = entry_header(entry, "accept"),
	    .accept_encoding = entry_header(entry, "accept-encoding"),
	    .if_none_match = entry_header(entry, "if-none-match"),
	};
	struct headers headers;
	const uint8_t *body;
	enum err err = ERR_NOT_FOUND;
	size_t len;

	if (entry->port == &ports_public)
		err = client_open(&headers, &body, &len, &request);
	if (err == ERR_METHOD)
		entry->call.answer.allow = 1u << METHOD_GET;
	if (err != OK)
		return entry_problem(entry, err);
	entry->series = COUNTERS_CLIENT;
	entry->series_name = "client";
	entry_log(entry, headers.status, len);
	response_static(entry->req, &headers, body, len);
	return STEP_DONE;
}

static enum step
entry_options(struct entry *entry)
{
	entry->call.answer.status = 204;
	entry->call.answer.allow = entry->match.allow;
	return STEP_SEND;
}

static enum step
step_match(struct entry *entry)
{
	char path[ROUTER_PATH_MAX + 1];
	enum err err;

	fill_request(&entry->request, entry->req);
	entry->call.lang = request_language(&entry->request);
	err = router_decode(path, entry->req->path, strlen(entry->req->path));
	if (err != OK)
		return entry_problem(entry, err);
	err = router_find(&entry->match, entry->port->rows, entry->port->count,
	    entry->request.method, path);
	entry->call.answer.format = entry->match.format;
	if (err == ERR_NOT_FOUND && entry->match.format == ANSWER_OWN)
		return entry_file(entry, path);
	if (entry->req->method == HTTP_METHOD_OPTIONS && err != ERR_NOT_FOUND)
		return entry_options(entry);
	if (err == ERR_METHOD)
		entry->call.answer.allow = entry->match.allow;
	if (err != OK)
		return entry_problem(entry, err);
	entry_name(entry, entry->match.route);
	entry->call.route = entry->match.route;
	if (entry->match.id[0] != '\0')
		entry->call.id = entry->match.id;
	err = request_read(&entry->call, &entry->request);
	return err != OK ? entry_problem(entry, err) : STEP_READ;
}

static enum step
step_read(struct entry *entry)
{
	enum err err, limited;
	bool unknown_key;

	err = request_viewer(&entry->call, &entry->request, channels_verifier(),
	    clock_now_ms(), &unknown_key);
	if (err != OK && unknown_key && !entry->has_asked_keys) {
		entry->has_asked_keys = true;
		err = channels_refresh(&entry->keys);
		return err == OK ? STEP_WAIT : entry_problem(entry, err);
	}
	/* Without the keys nobody can say that a token is bad. */
	if (err != OK && unknown_key && entry->keys.err != OK)
		err = ERR_UNAVAILABLE;
	if (err == OK || err == ERR_FORBIDDEN) {
		limited = limits_check(
		    &entry->call, entry->request.method != METHOD_GET);
		err = limited != OK ? limited : err;
	}
	if (err == OK)
		err = request_body(&entry->call, &entry->request);
	return err != OK ? entry_problem(entry, err) : STEP_ASK;
}

static enum step
step_ask(struct entry *entry)
{
	return entry_after(entry, call_start(&entry->call));
}

static enum step
step_answer(struct entry *entry)
{
	return entry_after(entry, call_resume(&entry->call));
}

static enum step
step_send(struct entry *entry)
{
	struct answer *answer = &entry->call.answer;

	if (answer->body.failed) {
		log_event(LOG_LEVEL_ERROR, "answer_too_large",
		    log_text("route", entry->series_name));
		(void)entry_problem(entry, ERR_BROKEN);
	}
	entry_log(entry, answer->status, answer->body.len);
	response_answer(entry->req, answer);
	return STEP_DONE;
}

int
entry_request(struct http_request *req)
{
	static enum step (*const steps[])(struct entry *) = {
	    [STEP_MATCH] = step_match,
	    [STEP_READ] = step_read,
	    [STEP_ASK] = step_ask,
	    [STEP_ANSWER] = step_answer,
	    [STEP_SEND] = step_send,
	};
	struct entry *entry = entry_of(req);

	/* Kore lets the clock of the body run on while a handler works. */
	req->owner->http_timeout = 0;
	while (entry->step != STEP_DONE) {
		if (entry->step == STEP_WAIT) {
			http_request_sleep(req);
			return KORE_RESULT_RETRY;
		}
		entry->step = steps[entry->step](entry);
	}
	return KORE_RESULT_OK;
}
