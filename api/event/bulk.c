/*
 * POST /api/v1/bulk: one step for many reports. Each report is a transaction
 * of its own, one after the other, and the worker serves others between them;
 * what one is refused does not touch the next.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>
#include <string.h>

#include "call/idempotency.h"
#include "core/hash.h"
#include "event/step.h"
#include "routes.h"

#define ITEMS_MAX 100

struct bulk {
	struct step step;
	size_t count;
	size_t at; /* the report that is being worked on */
	size_t replayed;
	enum confidentiality level;
	struct db_param key_hash;
	struct db_param request_hash;
	const char *version[ITEMS_MAX];
	struct policy_result result[ITEMS_MAX];
};

static const char *const item_names[] = {"id", "version", NULL};

static void
item_read(struct bulk *bulk, struct call *call, const cJSON *object)
{
	struct input item = {call, object, NULL};
	struct policy_result *result = &bulk->result[bulk->count];
	size_t i;

	item.pointer = arena_format(call->arena, "/items/%zu", bulk->count);
	if (!cJSON_IsObject(object)) {
		(void)call_invalid(call, item.pointer, "type");
		return;
	}
	input_only(&item, item_names);
	result->id = input_text(&item, "id", INPUT_REQUIRED, 1, 64);
	bulk->version[bulk->count] =
	    input_whole(&item, "version", INPUT_REQUIRED, 1, INT32_MAX);
	for (i = 0; result->id != NULL && i < bulk->count; i++)
		if (bulk->result[i].id != NULL &&
		    strcmp(bulk->result[i].id, result->id) == 0)
			(void)call_invalid(call,
			    arena_format(call->arena, "%s/id", item.pointer),
			    "duplicate");
	bulk->count++;
}

static void
items_read(struct bulk *bulk, struct call *call)
{
	const cJSON *items =
	    cJSON_GetObjectItemCaseSensitive(call->body, "items");
	const cJSON *item;
	int count;

	if (items == NULL || !cJSON_IsArray(items)) {
		(void)call_invalid(
		    call, "/items", items == NULL ? "required" : "type");
		return;
	}
	count = cJSON_GetArraySize(items);
	if (count == 0 || count > ITEMS_MAX) {
		(void)call_invalid(
		    call, "/items", count == 0 ? "required" : "too_many");
		return;
	}
	cJSON_ArrayForEach(item, items) item_read(bulk, call, item);
}

/* Each report has a key of its own, so that a second try goes on where the
 * first one stopped. */
static struct db_param
item_key(const struct bulk *bulk, const struct call *call)
{
	uint8_t *hash;
	char text[2 * HASH_LEN];

	if (bulk->key_hash.data == NULL)
		return bulk->key_hash;
	memset(text, 0, sizeof(text));
	memcpy(text, bulk->key_hash.data, HASH_LEN);
	text[HASH_LEN] = (char)bulk->at;
	hash = arena_get(call->arena, HASH_LEN);
	hash_sha256(hash, text, sizeof(text));
	return db_bytes(hash, HASH_LEN);
}

/* What stands beside the status when a report was refused: no values. */
static const char *
code_of(const struct call *call, enum err err)
{
	const struct answer *answer = &call->answer;

	if (err == ERR_INVALID && answer->fault_count > 0)
		return arena_format(call->arena, "%s", answer->fault[0].code);
	if (err == ERR_CONFLICT && answer->detail_code != NULL)
		return answer->detail_code;
	return err_slug(err);
}

static void
item_refused(struct bulk *bulk, struct call *call, enum err err)
{
	struct policy_result *result = &bulk->result[bulk->at];

	result->status = err_status(err);
	result->code = code_of(call, err);
	call->answer.fault_count = 0;
	call->answer.detail_code = NULL;
}

static void
item_done(struct bulk *bulk, struct call *call)
{
	struct policy_result *result = &bulk->result[bulk->at];
	const struct db_rows *rows = call_rows(call, 0);
	struct policy_row report = {rows, 0, 0};
	const char *replayed = db_rows_text(rows, 0, 0);
	const char *version;

	/* The report's columns follow the event's; only reports have tickets. */
	report.from = db_rows_column(rows, "ticket", 0) - 1;
	version =
	    db_rows_text(rows, 0, db_rows_column(rows, "version", report.from));
	result->status = 201;
	result->version = arena_format(call->arena, "%s", version);
	if (policy_row_level(&report) == CONFIDENTIALITY_PRIVATE)
		bulk->level = CONFIDENTIALITY_PRIVATE;
	if (replayed != NULL && replayed[0] == 't')
		bulk->replayed++;
}

static enum err bulk_next(struct call *);

static enum err
item_answered(struct call *call)
{
	struct bulk *bulk = call->state;

	if (call->waited == ERR_UNAUTHENTICATED)
		return ERR_UNAUTHENTICATED;
	if (call->waited == OK && db_rows_count(call_rows(call, 0)) == 1)
		item_done(bulk, call);
	else
		item_refused(
		    bulk, call, call->waited == OK ? ERR_BROKEN : call->waited);
	bulk->at++;
	return bulk_next(call);
}

static enum err
item_send(struct bulk *bulk, struct call *call)
{
	const struct db_param param[14] = {
	    item_key(bulk, call),
	    bulk->request_hash,
	    db_text(bulk->result[bulk->at].id),
	    db_text(bulk->version[bulk->at]),
	    db_text(bulk->step.type),
	    db_text(bulk->step.body),
	    db_text("{}"),
	    db_text("{}"),
	    db_text("{}"),
	    db_text("{}"),
	    db_text("{}"),
	    db_text("{}"),
	    db_text(NULL),
	    db_text("{}"),
	};

	db_batch_add(call_batch(call), DB_EVENT_ADD, param, 14);
	return call_send_any(call, item_answered);
}

static enum err
bulk_next(struct call *call)
{
	struct bulk *bulk = call->state;
	enum err err;

	for (; bulk->at < bulk->count; bulk->at++) {
		err = item_send(bulk, call);
		if (err == OK)
			return OK;
		item_refused(bulk, call, err);
	}
	return bulk_answer(call);
}

enum err
bulk_ask(struct call *call)
{
	struct bulk *bulk = arena_get(call->arena, sizeof(*bulk));
	struct input body = input_body(call);
	enum err err;

	call->state = bulk;
	bulk->level = CONFIDENTIALITY_PUBLIC;
	err = idempotency_key(call, false, &bulk->key_hash);
	if (err != OK)
		return err;
	idempotency_request(call, &bulk->request_hash);
	step_read(&bulk->step, &body, "items");
	if (bulk->step.type != NULL &&
	    strcmp(bulk->step.type, labels_event_wire(EVENT_FOLLOW_UP)) == 0)
		(void)call_invalid(call, "/type", "not_allowed");
	items_read(bulk, call);
	if (!input_is_good(&body))
		return ERR_INVALID;
	/* Who asks, and whether they may, is answered once for all. */
	(void)call_batch(call);
	return call_send_then(call, bulk_next);
}

enum err
bulk_answer(struct call *call)
{
	const struct bulk *bulk = call->state;
	const struct policy_view view = {call->viewer.reader, call->lang};

	policy_begin(&call->answer, &view, 200, bulk->level);
	policy_results(&call->answer, bulk->result, bulk->count);
	policy_end(&call->answer);
	call->answer.is_replayed = bulk->replayed == bulk->count;
	return OK;
}
