/*
 * The walk of one request between its steps. See call.h.
 *
 * SPDX-License-Identifier: ISC
 */
#include "call/call.h"

#include <stdio.h>
#include <string.h>

#include "auth/reader.h"
#include "core/check.h"
#include "core/hash.h"
#include "core/heap.h"
#include "core/pool.h"
#include "core/uuid.h"

#define CALL_MAGIC 0x63616c6cu

static struct call *
call_of(void *pointer)
{
	struct call *call = pointer;

	must(call != NULL && call->magic == CALL_MAGIC, "this is a call");
	return call;
}

void
call_init(struct call *call)
{
	call->magic = CALL_MAGIC;
	call->viewer.reader = READER_PUBLIC;
}

/* What the pool thread was given; outlives the call when it must. */
struct call_work {
	pool_work_fn work;
	void *arg;
	pool_release_fn release;
	bool is_kept; /* finished, and the call still reads it */
};

static void
work_free(struct call_work *work)
{
	if (work == NULL)
		return;
	work->release(work->arg);
	heap_free(work);
}

void
call_drop(struct call *call)
{
	if (call->batch != NULL) {
		if (call->is_waiting)
			db_batch_forget(call->batch);
		db_batch_clear(call->batch);
		call->batch = NULL;
	}
	if (call->job != NULL)
		pool_forget(call->job);
	else
		work_free(call->work);
	call->job = NULL;
	call->work = NULL;
	cJSON_Delete(call->body);
	call->body = NULL;
	call->is_waiting = false;
}

/* The roles of the route as a text[] parameter: {officer,supervisor}. */
static const char *
roles_of(const struct call *call)
{
	char text[128] = "{";
	size_t len = 1;
	int reader;

	for (reader = 0; reader < READER__COUNT; reader++) {
		if ((call->route->readers & (1u << reader)) == 0)
			continue;
		len += (size_t)snprintf(text + len, sizeof(text) - len, "%s%s",
		    len == 1 ? "" : ",", reader_wire((enum reader)reader));
	}
	return arena_format(call->arena, "%s}", text);
}

static void
add_session_enter(struct call *call)
{
	uint8_t *hash = arena_get(call->arena, HASH_LEN);
	const char *roles = roles_of(call);
	struct db_param param[3] = {
	    {hash, HASH_LEN, true},
	    {roles, strlen(roles), false},
	    {call->request_id, strlen(call->request_id), false},
	};

	hash_sha256(hash, call->session_token, strlen(call->session_token));
	db_batch_add(call->batch, DB_SESSION_ENTER, param, 3);
}

static void
add_channel_enter(struct call *call)
{
	const struct viewer *viewer = &call->viewer;
	const struct db_param param[2] = {
	    viewer->api_key != NULL ? db_bytes(viewer->api_key, HASH_LEN)
				    : db_text(viewer->key_id),
	    db_text(call->request_id),
	};

	db_batch_add(call->batch,
	    viewer->api_key != NULL ? DB_APIKEY_ENTER : DB_CHANNEL_ENTER, param,
	    2);
}

struct db_batch *
call_batch_bare(struct call *call, enum db_login login)
{
	db_batch_clear(call->batch);
	call->batch = db_batch_new(call->arena, login);
	call->has_viewer_row = false;
	return call->batch;
}

struct db_batch *
call_batch(struct call *call)
{
	bool is_channel = call->viewer.reader == READER_CHANNEL;
	bool is_public = call->route->readers == VIEWER_PUBLIC;

	(void)call_batch_bare(call,
	    is_channel      ? DB_CHANNEL
		: is_public ? DB_PUBLIC
			    : DB_OFFICER);
	call->has_viewer_row = call->route->readers != 0 && !is_public;
	if (!call->has_viewer_row)
		return call->batch;
	if (is_channel)
		add_channel_enter(call);
	else
		add_session_enter(call);
	return call->batch;
}

static void
on_rows(void *owner, enum err err)
{
	struct call *call = call_of(owner);

	call->waited = err;
	call->wake(call);
}

enum err
call_send_then(struct call *call, call_fn next)
{
	enum err err;

	call->next = next;
	call->is_waiting = true;
	call->hears_refusal = false;
	err = db_batch_send(call->batch, on_rows, call);
	if (err != OK)
		call->is_waiting = false;
	return err;
}

enum err
call_send_any(struct call *call, call_fn next)
{
	enum err err = call_send_then(call, next);

	call->hears_refusal = err == OK;
	return err;
}

enum err
call_send(struct call *call)
{
	return call_send_then(call, call->route->answer);
}

const struct db_rows *
call_rows(const struct call *call, size_t nth)
{
	return db_batch_rows(call->batch, call->has_viewer_row ? nth + 1 : nth);
}

static enum err
work_run(void *arg)
{
	struct call_work *work = arg;

	return work->work(work->arg);
}

static void
work_released(void *arg)
{
	struct call_work *work = arg;

	if (!work->is_kept)
		work_free(work);
}

static void
on_work(void *owner, enum err err)
{
	struct call *call = call_of(owner);

	call->job = NULL;
	call->work->is_kept = true;
	call->waited = err;
	call->wake(call);
}

enum err
call_work(struct call *call, pool_work_fn run, void *arg,
    pool_release_fn release, call_fn next)
{
	enum err err;

	must(call->job == NULL, "one piece of work at a time");
	work_free(call->work);
	call->work = heap_new(sizeof(*call->work));
	call->work->work = run;
	call->work->arg = arg;
	call->work->release = release;
	call->next = next;
	err = pool_submit(&call->job, call->service->pool, work_run, call->work,
	    work_released, on_work, call);
	call->is_waiting = err == OK;
	return err;
}

void *
call_work_arg(const struct call *call)
{
	must(call->work != NULL && call->work->is_kept, "work has finished");
	return call->work->arg;
}

/* Who asked, as the database said in the batch's first rows. */
static enum err
viewer_take(struct call *call)
{
	const struct db_rows *rows = db_batch_rows(call->batch, 0);
	const char *role;

	if (db_rows_count(rows) != 1)
		return ERR_UNAUTHENTICATED;
	call->viewer.is_known = true;
	if (call->viewer.reader == READER_CHANNEL)
		return OK;
	role = db_rows_text(rows, 0, db_rows_column(rows, "role", 0));
	call->viewer.unit_id =
	    db_rows_text(rows, 0, db_rows_column(rows, "unit_id", 0));
	call->viewer.name =
	    db_rows_text(rows, 0, db_rows_column(rows, "name", 0));
	if (role == NULL || reader_find(&call->viewer.reader, role) != OK)
		return ERR_FORBIDDEN;
	return OK;
}

/* One code for several places: "/text,/photos". */
static enum err
faults_take(struct call *call, const struct db_fault *fault)
{
	const char *code = fault->code[0] == '\0' ? "format" : fault->code;
	const char *at = fault->pointer;
	size_t len;

	for (;;) {
		len = strcspn(at, ",");
		(void)call_invalid(
		    call, arena_text(call->arena, at, len), code);
		if (at[len] == '\0')
			return ERR_INVALID;
		at += len + 1;
	}
}

/* Takes over what the database named of a failed batch. */
static enum err
batch_failed(struct call *call, enum err err)
{
	const struct db_fault *fault = db_batch_fault(call->batch);

	if (fault == NULL)
		return err;
	if (err == ERR_INVALID)
		return faults_take(call, fault);
	if (err == ERR_CONFLICT && fault->code[0] != '\0')
		call->answer.detail_code =
		    arena_format(call->arena, "%s", fault->code);
	return err;
}

enum err
call_start(struct call *call)
{
	return call->route->ask(call);
}

enum err
call_resume(struct call *call)
{
	call_fn next = call->next;
	enum err err = call->waited;

	must(call->is_waiting && next != NULL, "only a waiting call resumes");
	call->is_waiting = false;
	if (err != OK && call->batch != NULL)
		err = batch_failed(call, err);
	call->waited = err;
	if (err != OK && !call->hears_refusal)
		return err;
	if (err == OK && call->batch != NULL && call->has_viewer_row &&
	    !call->viewer.is_known) {
		err = viewer_take(call);
		if (err != OK)
			return err;
	}
	call->next = NULL;
	return next(call);
}

const char *
call_query_get(const struct call *call, const char *name)
{
	size_t i;

	for (i = 0; i < call->query_count; i++)
		if (strcmp(call->query[i].name, name) == 0)
			return call->query[i].value;
	return NULL;
}

struct db_param
call_lang(const struct call *call)
{
	return db_text(call->lang == LANG_ID ? "id" : "en");
}

struct db_param
call_id(const struct call *call)
{
	if (uuid_is_valid(call->id, strlen(call->id)))
		return db_text(call->id);
	return db_text("00000000-0000-4000-8000-000000000000");
}

enum err
call_invalid(struct call *call, const char *pointer, const char *code)
{
	struct answer *answer = &call->answer;
	struct answer_fault *fault;

	if (answer->fault_count == ANSWER_FAULTS_MAX)
		return ERR_INVALID;
	fault = &answer->fault[answer->fault_count++];
	(void)snprintf(fault->pointer, sizeof(fault->pointer), "%s", pointer);
	(void)snprintf(fault->code, sizeof(fault->code), "%s", code);
	return ERR_INVALID;
}
