/*
 * The members of a step. See step.h.
 *
 * SPDX-License-Identifier: ISC
 */
#include "event/step.h"

#include <string.h>

#include "call/masked.h"
#include "core/check.h"
#include "core/json.h"
#include "core/labels.h"
#include "core/uuid.h"

#define TEXT_MAX     4000
#define REASON_MAX   500
#define CODE_MAX     64
#define STARS_MAX    5
#define TICKET_MIN   12 /* "JK" and ten digits */
#define TICKET_MAX   32
#define NAMES_MAX    16
#define DOCUMENT_MAX (512u * 1024)

static const char *const body_names[] = {"type", "text", "note", "reason",
    "captured_at", "location", "unit", "category", "into", "officer", "until",
    "stars", "description", NULL};
static const char *const location_names[] = {"lat", "lng", "accuracy_m", NULL};

static void
only(const struct input *body, const char *beside)
{
	const char *names[NAMES_MAX];
	size_t count = sizeof(body_names) / sizeof(body_names[0]);

	must(count < NAMES_MAX, "there is room for one name more");
	memcpy(names, body_names, sizeof(body_names));
	names[count - 1] = beside;
	names[count] = NULL;
	input_only(body, names);
}

static const char *
type_read(const struct input *body)
{
	const char *text = input_text(body, "type", INPUT_REQUIRED, 1, 32);
	enum event type;

	if (text != NULL && labels_event_find(&type, text) != OK)
		(void)call_invalid(body->call, "/type", "unknown");
	return text;
}

static void
put_name(struct buf *out, const char *name)
{
	if (out->data[out->len - 1] != '{')
		buf_byte(out, ',');
	json_write_text(out, name, strlen(name));
	buf_byte(out, ':');
}

static void
put_text(struct buf *out, const char *name, const char *text)
{
	if (text == NULL)
		return;
	put_name(out, name);
	json_write_text(out, text, strlen(text));
}

static void
put_number(struct buf *out, const char *name, const char *number)
{
	if (number == NULL)
		return;
	put_name(out, name);
	buf_text(out, number);
}

/* Free text: what a reporter says through a channel is masked. */
static void
words_read(
    struct buf *out, const struct input *body, const char *name, size_t max)
{
	const char *text = input_text(body, name, INPUT_OPTIONAL, 1, max);

	if (!input_is_good(body))
		return;
	if (body->call->viewer.reader == READER_CHANNEL)
		text = masked_text(body->call, text);
	put_text(out, name, text);
}

/* The words of a report that is made of another. */
static void
description_read(struct buf *out, const struct input *body)
{
	const char *text =
	    input_text(body, "description", INPUT_OPTIONAL, 1, TEXT_MAX);

	if (!input_is_good(body))
		return;
	put_text(out, "description", masked_text(body->call, text));
	put_text(out, "description_public", masked_public(body->call, text));
}

/* Another report: by id, or by the ticket number that people quote. */
static void
into_read(struct buf *out, const struct input *body)
{
	const char *text = input_text(body, "into", INPUT_OPTIONAL, 1, 64);
	size_t len = text == NULL ? 0 : strlen(text);

	if (text != NULL && !uuid_is_valid(text, len) &&
	    (strncmp(text, "JK", 2) != 0 || len < TICKET_MIN ||
		len > TICKET_MAX || strspn(text + 2, "0123456789") != len - 2))
		(void)call_invalid(body->call, "/into", "unknown");
	put_text(out, "into", text);
}

static void
location_read(struct buf *out, const struct input *body)
{
	struct input location = input_object(body, "location");

	if (location.object == NULL)
		return;
	input_only(&location, location_names);
	put_name(out, "location");
	buf_byte(out, '{');
	put_number(out, "lat",
	    input_number(&location, "lat", INPUT_REQUIRED, -90, 90));
	put_number(out, "lng",
	    input_number(&location, "lng", INPUT_REQUIRED, -180, 180));
	put_number(out, "accuracy_m",
	    input_number(&location, "accuracy_m", INPUT_OPTIONAL, 0, 1e6));
	buf_byte(out, '}');
}

static void
members_read(struct buf *out, const struct input *body)
{
	words_read(out, body, "text", TEXT_MAX);
	words_read(out, body, "note", TEXT_MAX);
	words_read(out, body, "reason", REASON_MAX);
	description_read(out, body);
	put_text(out, "captured_at",
	    input_time(body, "captured_at", INPUT_OPTIONAL));
	put_text(out, "until", input_time(body, "until", INPUT_OPTIONAL));
	location_read(out, body);
	put_text(out, "unit", input_id(body, "unit", INPUT_OPTIONAL));
	put_text(out, "officer", input_id(body, "officer", INPUT_OPTIONAL));
	into_read(out, body);
	put_text(out, "category",
	    input_text(body, "category", INPUT_OPTIONAL, 1, CODE_MAX));
	put_number(out, "stars",
	    input_whole(body, "stars", INPUT_OPTIONAL, 1, STARS_MAX));
}

void
step_read(struct step *step, const struct input *body, const char *beside)
{
	struct buf out;

	only(body, beside);
	step->type = type_read(body);
	buf_init(&out, DOCUMENT_MAX);
	buf_byte(&out, '{');
	members_read(&out, body);
	buf_byte(&out, '}');
	must(!out.failed, "what 64 kB of JSON holds fits, masked or not");
	step->body = arena_text(body->call->arena, out.data, out.len);
	buf_clear(&out);
}
