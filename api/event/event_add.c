/*
 * POST /api/v1/reports/{id}/events: one step of work. Which step, from which
 * status, by whom and with what evidence is for the database's rules to say.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>
#include <string.h>

#include "call/idempotency.h"
#include "core/seal.h"
#include "event/step.h"
#include "photo/intake.h"
#include "report/report.h"
#include "routes.h"

#define NO_VERSION "-1"

struct event_add {
	struct step step;
	const char *version;
	struct db_param key_hash;
	struct db_param request_hash;
	bool is_sealed; /* the photos, with this key */
	uint8_t key[SEAL_KEY_LEN];
};

/*
 * The version in If-Match: "3". A validator of another kind never matches. The
 * database refuses a missing one, after it has looked who asks for what.
 */
static const char *
version_read(struct call *call)
{
	const char *text = call->if_match;
	char *end;
	long version;

	if (text == NULL)
		return NULL;
	if (text[0] != '"' || text[1] < '0' || text[1] > '9')
		return NO_VERSION;
	version = strtol(text + 1, &end, 10);
	if (strcmp(end, "\"") != 0 || version > INT32_MAX)
		return NO_VERSION;
	return arena_format(call->arena, "%ld", version);
}

static enum err
event_add_store(struct call *call)
{
	struct event_add *add = call->state;
	struct intake_arrays photos;
	const char *keys = "{}";
	enum err err;

	err = intake_finish(call, &photos);
	if (err == OK && add->is_sealed)
		err = intake_keys(call, add->key, &keys);
	if (err != OK)
		return err;
	idempotency_request(call, &add->request_hash);
	const struct db_param param[14] = {
	    add->key_hash,
	    add->request_hash,
	    db_text(call->id),
	    db_text(add->version),
	    db_text(add->step.type),
	    db_text(add->step.body),
	    db_text(photos.ids),
	    db_text(photos.full_names),
	    db_text(photos.thumb_names),
	    db_text(photos.widths),
	    db_text(photos.heights),
	    db_text(photos.hashes),
	    db_text(add->is_sealed ? seal_public_epoch(call->service->identity)
				   : NULL),
	    db_text(keys),
	};
	db_batch_add(call_batch(call), DB_EVENT_ADD, param, 14);
	return call_send(call);
}

/*
 * The session is good: now photos may cost time. Those of a channel are the
 * report's own; as long as it is private they reach no disk in clear.
 */
static enum err
event_add_photos(struct call *call)
{
	struct event_add *add = call->state;
	struct policy_row level = {NULL, 0, 0};
	enum err err;

	if (call->viewer.reader != READER_CHANNEL)
		return intake_start(call, NULL, event_add_store);
	level.rows = call_rows(call, 0);
	if (db_rows_text(level.rows, 0, 0) == NULL)
		return ERR_NOT_FOUND;
	if (policy_row_level(&level) == CONFIDENTIALITY_PUBLIC)
		return intake_start(call, NULL, event_add_store);
	err = seal_key_new(add->key);
	if (err != OK)
		return err;
	add->is_sealed = true;
	return intake_start(call, add->key, event_add_store);
}

static void
level_ask(struct call *call)
{
	const struct db_param param[1] = {db_text(call->id)};

	db_batch_add(call_batch(call), DB_REPORT_LEVEL, param, 1);
}

enum err
event_add_ask(struct call *call)
{
	struct event_add *add = arena_get(call->arena, sizeof(*add));
	struct input body = input_body(call);
	enum err err;

	call->state = add;
	add->version = version_read(call);
	err = idempotency_key(
	    call, call->viewer.reader == READER_CHANNEL, &add->key_hash);
	if (err != OK)
		return err;
	step_read(&add->step, &body, NULL);
	if (!input_is_good(&body))
		return ERR_INVALID;
	if (call->photo_count == 0)
		return event_add_store(call);
	if (call->viewer.reader == READER_CHANNEL)
		level_ask(call);
	else
		(void)call_batch(call);
	return call_send_then(call, event_add_photos);
}

enum err
event_add_answer(struct call *call)
{
	const struct policy_view view = {call->viewer.reader, call->lang};
	const struct db_rows *rows = call_rows(call, 0);
	const struct policy_row event = {rows, 0, 1};
	struct policy_row report = {rows, 0, 0};
	const char *replayed;
	enum confidentiality level;

	if (db_rows_count(rows) != 1)
		return ERR_BROKEN;
	replayed = db_rows_text(rows, 0, 0);
	/* The report's columns follow the event's; only reports have tickets. */
	report.from = db_rows_column(rows, "ticket", 0) - 1;
	level = policy_row_level(&report);
	policy_begin(&call->answer, &view, 201, level);
	policy_member(
	    &call->answer, &view, "event", POLICY_EVENT, &event, level);
	policy_member(
	    &call->answer, &view, "report", POLICY_REPORT, &report, level);
	policy_end(&call->answer);
	call->answer.etag = report_etag(call, &report);
	call->answer.is_replayed = replayed != NULL && replayed[0] == 't';
	return OK;
}
