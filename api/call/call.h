/*
 * One request as the resource folders see it: who asks, with what, what was
 * asked of the database, and the answer. Knows no Kore and no libpq.
 *
 * A handler is two plain functions. name_ask() checks the input and asks the
 * database (call_batch, db_batch_add, call_send); name_answer() runs when the
 * rows are there and fills call->answer through policy/. Either may return an
 * error at any time, which becomes a problem answer.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_CALL_CALL_H
#define API_CALL_CALL_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "auth/viewer.h"
#include "call/service.h"
#include "core/arena.h"
#include "core/err.h"
#include "core/hash.h"
#include "core/pool.h"
#include "db/db.h"
#include "policy/policy.h"

#define CALL_PHOTOS_MAX 5
#define CALL_QUERY_MAX  20
#define CALL_FORM_MAX   64

enum method {
	METHOD_GET,
	METHOD_POST,
	METHOD_PUT,
	METHOD_PATCH,
	METHOD_DELETE
};

/* What a route takes as its body. */
enum body {
	BODY_NONE, /* any body is refused */
	BODY_JSON, /* application/json, at most 64 kB */
	BODY_PARTS, /* the same, or multipart/form-data with 0-5 photos */
	BODY_FORM, /* fields of a form, in either encoding, with 0-5 photos */
};

struct call;
typedef enum err (*call_fn)(struct call *);

/* One row of routes.def. */
struct route {
	enum method method;
	const char *path; /* "/api/v1/reports/{id}": at most one {id}; a last
			   * ".{format}" takes ".xml", ".json" or nothing */
	unsigned readers; /* VIEWER_* bits; 0 = anyone, no viewer made */
	enum body body;
	const char *part; /* BODY_PARTS: name of the JSON part */
	const char *name; /* "report_open": for logs and metrics */
	call_fn ask;
	call_fn answer;
};

/* A photo of a multipart body; data is borrowed from the request body. */
struct call_photo {
	const uint8_t *data;
	size_t len;
	uint8_t digest[HASH_LEN]; /* once intake_finish() is through */
};

struct call_query {
	const char *name;
	const char *value; /* percent-decoded, valid UTF-8, no NUL */
};

struct call {
	unsigned magic;
	struct arena *arena;
	const struct service *service; /* set by http/ */
	const struct route *route;
	struct viewer viewer;
	enum lang lang;
	char request_id[33];

	/* What came in, set by http/ before ask. */
	const char *id; /* the {id} of the path, or NULL */
	const char *host; /* "localhost:8443", as the client calls us */
	struct call_query query[CALL_QUERY_MAX];
	size_t query_count;
	struct call_query form[CALL_FORM_MAX]; /* values may hold line ends */
	size_t form_count;
	cJSON *body; /* strict-scanned object, or NULL; owned */
	const uint8_t *body_text; /* its bytes, for digests */
	size_t body_len;
	struct call_photo photo[CALL_PHOTOS_MAX];
	size_t photo_count;
	const char *if_match; /* header values or NULL */
	const char *idempotency_key;
	const char *session_token; /* cookie __Host-crm, or NULL */
	bool is_phone; /* Sec-CH-UA-Mobile: ?1 */
	uint8_t source[32]; /* keyed hash of the peer's network */

	/* While it waits. */
	bool is_waiting;
	struct db_batch *batch;
	bool hears_refusal; /* next runs although the batch failed */
	bool has_viewer_row; /* rows 0 of the batch say who asks */
	struct pool_job *job;
	struct call_work *work; /* running, then finished, pool work */
	call_fn next;
	void (*wake)(struct call *); /* set by http/ */
	enum err waited; /* result of what it waited for */
	void *state; /* the handler's own, in the arena */

	struct answer answer;
};

/* For http/: first of all, on zeroed memory. */
void call_init(struct call *);
/*
 * For http/: run the handler. OK means that the call waits (is_waiting; wake
 * is called once, later, then call_resume()) or that it is answered
 * (answer.status is set). An error is for the caller to turn into a problem.
 */
must_check enum err call_start(struct call *);
must_check enum err call_resume(struct call *);
/* Lets go of all it holds outside the arena, also while it waits. */
void call_drop(struct call *);

/*
 * A batch as the viewer of this call: its first statement says who asks, and
 * fails the batch when the session or key is not good or the role is not in
 * the route's readers. The public is asked nothing; routes without readers
 * get a bare officer batch.
 */
struct db_batch *call_batch(struct call *);
/* A batch of that login in which nobody says who asks. */
struct db_batch *call_batch_bare(struct call *, enum db_login);
/* Sends it; then route->answer runs, or next when given. */
must_check enum err call_send(struct call *);
must_check enum err call_send_then(struct call *, call_fn next);
/*
 * As call_send_then(), but next runs also when the batch failed: waited says
 * how, and the answer's faults and detail code say what the database named,
 * for next to take away.
 */
must_check enum err call_send_any(struct call *, call_fn next);
/* Rows of the nth statement that the handler itself added. */
const struct db_rows *call_rows(const struct call *, size_t nth);
/*
 * Runs work on a pool thread, then next on the event loop. work may touch only
 * arg. ERR_UNAVAILABLE when the queue is full. arg belongs to the call from
 * here on, also then: it stays readable until the next call_work() or the end
 * of the call, and longer while work still runs; release frees it.
 */
must_check enum err call_work(struct call *, pool_work_fn work, void *arg,
    pool_release_fn release, call_fn next);

/* arg of the finished call_work(); its type is the caller's to know. */
void *call_work_arg(const struct call *);

/* Value of a query parameter, or NULL. */
const char *call_query_get(const struct call *, const char *name);
/* The language of the answer as a parameter: "en" or "id". */
struct db_param call_lang(const struct call *);
/* The path's {id} as an id: what is none becomes one that does not exist. */
struct db_param call_id(const struct call *);
/* Adds one entry to the problem's errors and returns ERR_INVALID. */
enum err call_invalid(struct call *, const char *pointer, const char *code);

#endif
