/*
 * POST /api/v1/reports: a channel hands in a report, or a desk officer keys one
 * in for a channel that has no door of its own.
 *
 * The identity is sealed here, before anything else learns of it; what people
 * typed into the text is masked; photos are durable before the row is.
 *
 * SPDX-License-Identifier: ISC
 */
#include <string.h>

#include "call/idempotency.h"
#include "call/input.h"
#include "call/masked.h"
#include "core/seal.h"
#include "core/uuid.h"
#include "photo/intake.h"
#include "report/report.h"
#include "routes.h"

#define DESCRIPTION_MAX 4000
#define ADDRESS_MAX     300
/* An identity is sealed in steps of so many bytes: its own length, beside that
 * of the description, would tell which reports have the same reporter. */
#define IDENTITY_STEP 1024

struct report_add {
	const char *visibility;
	const char *category;
	const char *description;
	const char *lat;
	const char *lng;
	const char *accuracy;
	const char *address;
	const char *occurred_at;
	const char *channel_ref;
	const char *sender; /* the reporter's name */
	const char *channel; /* at the desk: whose report it is */
	const char *given; /* {name,phone}: what the reporter told of itself */
	char id[UUID_LEN + 1];
	uint8_t key[SEAL_KEY_LEN];
	uint8_t wrapped[SEAL_WRAPPED_LEN];
	uint8_t *sealed;
	size_t sealed_len;
	struct db_param key_hash;
	struct db_param request_hash;
};

static const char *const visibilities[] = {"private", "public", NULL};
static const char *const body_names[] = {"visibility", "category",
    "description", "location", "occurred_at", "channel_ref", "reporter",
    "channel", NULL};
/* A channel does not say which one it is: its key does. */
static const char *const channel_names[] = {"visibility", "category",
    "description", "location", "occurred_at", "channel_ref", "reporter", NULL};
static const char *const location_names[] = {
    "lat", "lng", "accuracy_m", "address", NULL};
static const char *const reporter_names[] = {
    "name", "phone", "email", "nik", "account_id", "device_id", NULL};

static bool
is_channel(const struct call *call)
{
	return call->viewer.reader == READER_CHANNEL;
}

/* Open311 knows places that have an address only. */
static void
location_read(struct report_add *add, const struct input *body)
{
	struct input location = input_object(body, "location");
	bool is_needed =
	    location.object != NULL && body->call->route->body != BODY_FORM;
	enum input_need need = is_needed ? INPUT_REQUIRED : INPUT_OPTIONAL;

	input_only(&location, location_names);
	add->lat = input_number(&location, "lat", need, -90, 90);
	add->lng = input_number(&location, "lng", need, -180, 180);
	add->accuracy =
	    input_number(&location, "accuracy_m", INPUT_OPTIONAL, 0, 1e6);
	add->address =
	    input_text(&location, "address", INPUT_OPTIONAL, 0, ADDRESS_MAX);
}

/* What it is goes into the seal; that it was given is noted beside it. */
static const char *
given_read(
    struct report_add *add, const struct input *reporter, const char *name)
{
	const char *text = input_text(reporter, name, INPUT_OPTIONAL, 0, 200);

	if (text != NULL && text[0] != '\0')
		add->given = arena_format(reporter->call->arena, "%s%s%s",
		    add->given, add->given[0] == '\0' ? "" : ",", name);
	return text;
}

static bool
body_read(struct report_add *add, struct call *call)
{
	struct input body = input_body(call);
	struct input reporter;
	size_t i;

	if (is_channel(call)) {
		input_only(&body, channel_names);
	} else {
		input_only(&body, body_names);
		add->channel =
		    input_text(&body, "channel", INPUT_REQUIRED, 1, 40);
	}
	add->visibility =
	    input_word(&body, "visibility", INPUT_OPTIONAL, visibilities);
	if (add->visibility == NULL)
		add->visibility = visibilities[0];
	add->category = input_text(&body, "category", INPUT_OPTIONAL, 1, 64);
	add->description = input_text(
	    &body, "description", INPUT_REQUIRED, 1, DESCRIPTION_MAX);
	location_read(add, &body);
	add->occurred_at = input_time(&body, "occurred_at", INPUT_OPTIONAL);
	add->channel_ref =
	    input_text(&body, "channel_ref", INPUT_OPTIONAL, 1, 200);
	reporter = input_object(&body, "reporter");
	input_only(&reporter, reporter_names);
	add->given = "";
	add->sender = given_read(add, &reporter, reporter_names[0]);
	for (i = 1; reporter_names[i] != NULL; i++)
		(void)given_read(add, &reporter, reporter_names[i]);
	return input_is_good(&body);
}

/* What the vault will need: the reporter and the words as they were typed. */
static char *
identity_print(const struct report_add *add, const struct call *call)
{
	const cJSON *reporter =
	    cJSON_GetObjectItemCaseSensitive(call->body, "reporter");
	cJSON *root = cJSON_CreateObject();
	char *text = NULL;

	if (reporter != NULL)
		cJSON_AddItemToObject(
		    root, "reporter", cJSON_Duplicate(reporter, true));
	cJSON_AddStringToObject(root, "description", add->description);
	if (add->address != NULL)
		cJSON_AddStringToObject(root, "address", add->address);
	text = cJSON_PrintUnformatted(root);
	cJSON_Delete(root);
	return text;
}

static enum err
identity_seal(struct report_add *add, struct call *call)
{
	const char *context = arena_format(call->arena, "identity:%s", add->id);
	char *text = identity_print(add, call);
	enum err err;
	uint8_t *padded;
	size_t len;

	if (text == NULL)
		return ERR_UNAVAILABLE;
	len = (strlen(text) / IDENTITY_STEP + 1) * IDENTITY_STEP;
	/* JSON may end in spaces. */
	padded = arena_get(call->arena, len);
	memset(padded, ' ', len);
	memcpy(padded, text, strlen(text));
	cJSON_free(text);
	add->sealed_len = len + SEAL_OVERHEAD;
	add->sealed = arena_get(call->arena, add->sealed_len);
	err = seal_key_new(add->key);
	if (err == OK)
		err = seal_wrap(
		    add->wrapped, call->service->identity, add->key, context);
	if (err == OK)
		err = seal_text(add->sealed, add->key, context, padded, len);
	return err;
}

/* What the reporter typed, without what tells who that is. */
static const char *
own_words(const struct report_add *add, struct call *call, const char *text,
    const char *(*mask)(struct call *, const char *))
{
	return masked_sender(call, mask(call, text), add->sender);
}

static enum err
report_add_store(struct call *call)
{
	struct report_add *add = call->state;
	struct intake_arrays photos;
	enum err err;

	err = intake_finish(call, &photos);
	if (err != OK)
		return err;
	idempotency_request(call, &add->request_hash);
	const struct db_param param[25] = {
	    add->key_hash,
	    add->request_hash,
	    db_text(add->id),
	    db_text(add->visibility),
	    db_text(add->category),
	    db_text(own_words(add, call, add->description, masked_text)),
	    db_text(own_words(add, call, add->description, masked_public)),
	    db_text(add->lat),
	    db_text(add->lng),
	    db_text(add->accuracy),
	    db_text(own_words(add, call, add->address, masked_text)),
	    db_text(add->occurred_at),
	    db_text(add->channel_ref),
	    db_text(seal_public_epoch(call->service->identity)),
	    db_bytes(add->wrapped, SEAL_WRAPPED_LEN),
	    db_bytes(add->sealed, add->sealed_len),
	    db_text(photos.ids),
	    db_text(photos.full_names),
	    db_text(photos.thumb_names),
	    db_text(photos.widths),
	    db_text(photos.heights),
	    db_text(add->visibility == visibilities[0] ? "true" : "false"),
	    db_text(photos.hashes),
	    db_text(add->channel),
	    db_text(arena_format(call->arena, "{%s}", add->given)),
	};
	db_batch_add(call_batch(call), DB_REPORT_ADD, param, 25);
	return call_send(call);
}

/* Who it is is known: now sealing and photos may cost time. */
static enum err
report_add_seal(struct call *call)
{
	struct report_add *add = call->state;
	enum err err;

	uuid_new(add->id);
	err = identity_seal(add, call);
	if (err != OK)
		return err;
	return intake_start(call,
	    add->visibility == visibilities[0] ? add->key : NULL,
	    report_add_store);
}

enum err
report_add_ask(struct call *call)
{
	struct report_add *add = arena_get(call->arena, sizeof(*add));
	enum err err;

	call->state = add;
	/* Clients of Open311 know of no such header. */
	err =
	    idempotency_key(call, call->viewer.key_id != NULL, &add->key_hash);
	if (err != OK)
		return err;
	if (!body_read(add, call))
		return ERR_INVALID;
	/* A token was verified already; a cookie only the database knows. */
	if (is_channel(call))
		return report_add_seal(call);
	(void)call_batch(call);
	return call_send_then(call, report_add_seal);
}

enum err
report_add_answer(struct call *call)
{
	const struct policy_view view = {call->viewer.reader, call->lang};
	const struct db_rows *rows = call_rows(call, 0);
	const struct policy_row row = {rows, 0, 1};
	const char *replayed;
	enum confidentiality level;

	if (db_rows_count(rows) != 1)
		return ERR_BROKEN;
	replayed = db_rows_text(rows, 0, 0);
	level = policy_row_level(&row);
	policy_begin(&call->answer, &view, 201, level);
	policy_member(
	    &call->answer, &view, "report", POLICY_REPORT, &row, level);
	policy_end(&call->answer);
	call->answer.is_replayed = replayed != NULL && replayed[0] == 't';
	call->answer.etag = report_etag(call, &row);
	call->answer.location = arena_format(call->arena, "/api/v1/reports/%s",
	    db_rows_text(rows, 0, db_rows_column(rows, "id", 1)));
	return OK;
}
