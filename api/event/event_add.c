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
#include "core/buf.h"
#include "core/check.h"
#include "core/json.h"
#include "core/labels.h"
#include "photo/intake.h"
#include "report/report.h"
#include "routes.h"

#define TEXT_MAX   4000
#define REASON_MAX 500
#define BODY_MAX   (256 * 1024)

struct event_add {
	const char *version;
	const char *type;
	const char *body; /* what the database gets: checked members only */
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

static void
member_start(struct buf *out, const char *name)
{
	if (out->data[out->len - 1] != '{')
		buf_byte(out, ',');
	json_write_text(out, name, strlen(name));
	buf_byte(out, ':');
}

static void
text_write(struct buf *out, const char *name, const char *text)
{
	if (text == NULL)
		return;
	member_start(out, name);
	json_write_text(out, text, strlen(text));
}

static void
number_write(struct buf *out, const char *name, const char *number)
{
	if (number == NULL)
		return;
	member_start(out, name);
	buf_text(out, number);
}

static void
location_read(struct buf *out, const struct input *body)
{
	struct input location = input_object(body, "location");

	if (location.object == NULL)
		return;
	input_only(&location, location_names);
	member_start(out, "location");
	buf_byte(out, '{');
	number_write(out, "lat",
	    input_number(&location, "lat", INPUT_REQUIRED, -90, 90));
	number_write(out, "lng",
	    input_number(&location, "lng", INPUT_REQUIRED, -180, 180));
	number_write(out, "accuracy_m",
	    input_number(&location, "accuracy_m", INPUT_OPTIONAL, 0, 1e6));
	buf_byte(out, '}');
}

static bool
body_read(struct event_add *add, struct call *call)
{
	struct input body = input_body(call);
	struct buf out;

	buf_init(&out, BODY_MAX);
	buf_byte(&out, '{');
	input_only(&body, body_names);
	type_read(add, &body);
	text_write(&out, "text",
	    input_text(&body, "text", INPUT_OPTIONAL, 1, TEXT_MAX));
	text_write(&out, "note",
	    input_text(&body, "note", INPUT_OPTIONAL, 1, TEXT_MAX));
	text_write(&out, "reason",
	    input_text(&body, "reason", INPUT_OPTIONAL, 1, REASON_MAX));
	text_write(&out, "captured_at",
	    input_time(&body, "captured_at", INPUT_OPTIONAL));
	location_read(&out, &body);
	buf_byte(&out, '}');
	must(!out.failed, "a checked body of 64 kB fits");
	add->body = arena_text(call->arena, out.data, out.len);
	buf_clear(&out);
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
	const struct db_param param[12] = {
	    add->key_hash,
	    add->request_hash,
	    db_text(call->id),
	    db_text(add->version),
	    db_text(add->type),
	    db_text(add->body),
	    db_text(photos.ids),
	    db_text(photos.full_names),
	    db_text(photos.thumb_names),
	    db_text(photos.widths),
	    db_text(photos.heights),
	    db_text("{}"),
	};
	db_batch_add(call_batch(call), DB_EVENT_ADD, param, 12);
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
