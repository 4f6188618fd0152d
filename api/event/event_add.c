/*
 * POST /api/v1/reports/{id}/events: one step of work. Which step, from which
 * status, by whom and with what evidence is for the database's rules to say.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>
#include <string.h>

#include "call/idempotency.h"
#include "call/input.h"
#include "core/labels.h"
#include "photo/intake.h"
#include "report/report.h"
#include "routes.h"

#define TEXT_MAX   4000
#define REASON_MAX 500

struct event_add {
	const char *version;
	const char *type;
	const char *text;
	const char *note;
	const char *reason;
	const char *captured_at;
	const char *lat;
	const char *lng;
	const char *accuracy;
	struct db_param key_hash;
	struct db_param request_hash;
};

static const char *const body_names[] = {
    "type", "text", "note", "reason", "captured_at", "location", NULL};
static const char *const location_names[] = {"lat", "lng", "accuracy_m", NULL};

/* The version in If-Match: "3". A validator of another kind never matches. */
static enum err
version_read(struct event_add *add, struct call *call)
{
	const char *text = call->if_match;
	char *end;
	long version;

	if (text == NULL)
		return ERR_NO_IF_MATCH;
	if (text[0] != '"' || text[1] < '0' || text[1] > '9')
		return ERR_STALE;
	version = strtol(text + 1, &end, 10);
	if (strcmp(end, "\"") != 0 || version > INT32_MAX)
		return ERR_STALE;
	add->version = arena_format(call->arena, "%ld", version);
	return OK;
}

static void
type_read(struct event_add *add, const struct input *body)
{
	enum event type;

	add->type = input_text(body, "type", INPUT_REQUIRED, 1, 32);
	if (add->type != NULL &&
	    (labels_event_find(&type, add->type) != OK ||
		type == EVENT_RECEIVED))
		(void)call_invalid(body->call, "/type", "unknown");
}

static bool
body_read(struct event_add *add, struct call *call)
{
	struct input body = input_body(call);
	struct input location;
	enum input_need need;

	input_only(&body, body_names);
	type_read(add, &body);
	add->text = input_text(&body, "text", INPUT_OPTIONAL, 1, TEXT_MAX);
	add->note = input_text(&body, "note", INPUT_OPTIONAL, 1, TEXT_MAX);
	add->reason =
	    input_text(&body, "reason", INPUT_OPTIONAL, 1, REASON_MAX);
	add->captured_at = input_time(&body, "captured_at", INPUT_OPTIONAL);
	location = input_object(&body, "location");
	need = location.object == NULL ? INPUT_OPTIONAL : INPUT_REQUIRED;
	input_only(&location, location_names);
	add->lat = input_number(&location, "lat", need, -90, 90);
	add->lng = input_number(&location, "lng", need, -180, 180);
	add->accuracy =
	    input_number(&location, "accuracy_m", INPUT_OPTIONAL, 0, 1e6);
	return input_is_good(&body);
}

static enum err
event_add_store(struct call *call)
{
	struct event_add *add = call->state;
	struct intake_arrays photos;
	enum err err;

	err = intake_finish(call, &photos);
	if (err != OK)
		return err;
	const struct db_param param[17] = {
	    add->key_hash,
	    add->request_hash,
	    db_text(call->id),
	    db_text(add->version),
	    db_text(add->type),
	    db_text(add->text),
	    db_text(add->note),
	    db_text(add->reason),
	    db_text(add->captured_at),
	    db_text(add->lat),
	    db_text(add->lng),
	    db_text(add->accuracy),
	    db_text(photos.ids),
	    db_text(photos.full_names),
	    db_text(photos.thumb_names),
	    db_text(photos.widths),
	    db_text(photos.heights),
	};
	db_batch_add(call_batch(call), DB_EVENT_ADD, param, 17);
	return call_send(call);
}

/* The session is good: now photos may cost time. */
static enum err
event_add_photos(struct call *call)
{
	return intake_start(call, NULL, event_add_store);
}

enum err
event_add_ask(struct call *call)
{
	struct event_add *add = arena_get(call->arena, sizeof(*add));
	enum err err;

	call->state = add;
	err = version_read(add, call);
	if (err == OK)
		err = idempotency_read(call,
		    call->viewer.reader == READER_CHANNEL, &add->key_hash,
		    &add->request_hash);
	if (err != OK)
		return err;
	if (!body_read(add, call))
		return ERR_INVALID;
	if (call->photo_count == 0)
		return event_add_store(call);
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
