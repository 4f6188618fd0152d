/*
 * POST /open311/v2/requests: a client hands in a report as a form.
 *
 * Its key is looked at first, so that nothing else costs time for those who
 * have none, and takes from what its channel may write; then the questions of
 * the service; then it is a public report like any other, through the one door
 * of report_add.
 *
 * SPDX-License-Identifier: ISC
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "auth/request_token.h"
#include "core/utf8.h"
#include "http/limits.h"
#include "open311/answers.h"
#include "open311/open311.h"
#include "policy/georeport_write.h"
#include "routes.h"

#define TEXT_MAX        4000 /* of the description with all answers */
#define TEXT_BYTES_MAX  (256u * 1024)
#define IDENTITY_MAX    200
#define LOCATION_NEEDED "/lat, long or address_string"

/* After the report is stored. */
struct request_add {
	char id[UUID_LEN + 1];
	char token[REQUEST_TOKEN_LEN + 1];
	bool is_replayed;
};

/* A field that comes once; what is empty counts as not given: NULL. */
static const char *
field(struct call *call, const char *name)
{
	const char *value = NULL;
	size_t i;

	for (i = 0; i < call->form_count; i++) {
		if (strcmp(call->form[i].name, name) != 0 ||
		    call->form[i].value[0] == '\0')
			continue;
		if (value != NULL)
			(void)call_invalid(call,
			    arena_format(call->arena, "/%s", name),
			    "duplicate");
		value = call->form[i].value;
	}
	return value;
}

/* media_url may come more than once: it is only asked whether it is there. */
static bool
has_media_url(const struct call *call)
{
	size_t i;

	for (i = 0; i < call->form_count; i++)
		if (strncmp(call->form[i].name, "media_url", 9) == 0 &&
		    call->form[i].value[0] != '\0')
			return true;
	return false;
}

static void
degrees_put(struct call *call, cJSON *location, const char *member,
    const char *name, double limit)
{
	const char *text = field(call, name), *code = NULL;
	char *end;
	double value;

	if (text == NULL)
		return;
	value = strtod(text, &end);
	if (strspn(text, "+-.0123456789eE") != strlen(text) || end == text ||
	    *end != '\0' || !isfinite(value))
		code = "format";
	else if (fabs(value) > limit)
		code = "range";
	if (code != NULL)
		(void)call_invalid(
		    call, arena_format(call->arena, "/%s", name), code);
	else
		(void)cJSON_AddNumberToObject(location, member, value);
}

/* lat and long, or else an address; both are kept when both are there. */
static void
location_put(struct call *call, cJSON *body)
{
	cJSON *location = cJSON_AddObjectToObject(body, "location");
	const char *address = field(call, "address_string");
	bool has_lat = field(call, "lat") != NULL;
	bool has_long = field(call, "long") != NULL;

	if (has_lat != has_long)
		(void)call_invalid(
		    call, has_lat ? "/long" : "/lat", "required");
	else if (!has_lat && address == NULL)
		(void)call_invalid(call,
		    field(call, "address_id") != NULL ? "/address_id"
						      : LOCATION_NEEDED,
		    field(call, "address_id") != NULL ? "not_supported"
						      : "required");
	degrees_put(call, location, "lat", "lat", 90);
	degrees_put(call, location, "lng", "long", 180);
	if (address != NULL)
		(void)cJSON_AddStringToObject(location, "address", address);
}

static void
reporter_put(struct call *call, cJSON *body)
{
	static const char *const names[] = {
	    "phone", "email", "account_id", "device_id"};
	cJSON *reporter = cJSON_AddObjectToObject(body, "reporter");
	const char *first = field(call, "first_name");
	const char *last = field(call, "last_name");
	const char *value;
	size_t i;

	if (first != NULL || last != NULL) {
		value = arena_format(call->arena, "%s%s%s",
		    first != NULL ? first : "",
		    first != NULL && last != NULL ? " " : "",
		    last != NULL ? last : "");
		(void)cJSON_AddStringToObject(reporter, "name", value);
		if (utf8_count(value, strlen(value)) > IDENTITY_MAX)
			(void)call_invalid(call, "/first_name", "too_long");
	}
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		value = field(call, names[i]);
		if (value == NULL)
			continue;
		(void)cJSON_AddStringToObject(reporter, names[i], value);
		if (utf8_count(value, strlen(value)) > IDENTITY_MAX)
			(void)call_invalid(call,
			    arena_format(call->arena, "/%s", names[i]),
			    "too_long");
	}
}

/* What was written, then the answers; the service's name says it at least. */
static void
description_put(struct call *call, cJSON *body, const struct db_rows *service)
{
	const char *text = field(call, "description");
	struct buf out;

	buf_init(&out, TEXT_BYTES_MAX);
	if (text != NULL)
		buf_text(&out, text);
	answers_put(&out, call, service);
	if (out.len == 0)
		buf_text(&out,
		    db_rows_text(service, 0,
			db_rows_column(service, "service_name", 0)));
	if (out.failed || utf8_count(out.data, out.len) > TEXT_MAX)
		(void)call_invalid(call, "/description", "too_long");
	buf_byte(&out, '\0');
	if (!out.failed)
		(void)cJSON_AddStringToObject(
		    body, "description", (const char *)out.data);
	buf_clear(&out);
}

/* The body that report_add takes; its text is what a retry must repeat. */
static enum err
body_make(struct call *call, const struct db_rows *service)
{
	cJSON *body = cJSON_CreateObject();
	char *text;

	call->body = body; /* freed with the call */
	(void)cJSON_AddStringToObject(body, "visibility", "public");
	(void)cJSON_AddStringToObject(body, "category",
	    db_rows_text(
		service, 0, db_rows_column(service, "service_code", 0)));
	description_put(call, body, service);
	location_put(call, body);
	reporter_put(call, body);
	text = cJSON_PrintUnformatted(body);
	if (text == NULL)
		return ERR_UNAVAILABLE;
	call->body_len = strlen(text);
	call->body_text =
	    (const uint8_t *)arena_text(call->arena, text, call->body_len);
	cJSON_free(text);
	return call->answer.fault_count > 0 ? ERR_INVALID : OK;
}

static enum err
service_known(struct call *call)
{
	enum err err;

	if (call->waited == ERR_NOT_FOUND)
		(void)call_invalid(call, "/service_code", "unknown");
	if (call->waited != OK)
		return call->waited;
	err = body_make(call, call_rows(call, 0));
	return err == OK ? report_add_ask(call) : err;
}

static enum err
key_checked(struct call *call)
{
	const struct db_rows *rows = call_rows(call, 0);
	const char *known = db_rows_text(rows, 0, 0);
	const char *wait = db_rows_text(rows, 0, 1);
	const char *code;
	enum err err;

	if (wait != NULL && strtol(wait, NULL, 10) > 0) {
		call->answer.retry_after = (int)strtol(wait, NULL, 10);
		return ERR_TOO_MANY;
	}
	if (known == NULL || known[0] != 't') {
		(void)call_invalid(call, "/api_key", "api_key");
		return ERR_FORBIDDEN;
	}
	err = limits_write(call, db_rows_text(rows, 0, 2),
	    (int)strtol(db_rows_text(rows, 0, 3), NULL, 10));
	if (err == OK)
		err = open311_jurisdiction(call);
	if (err != OK)
		return err;
	code = field(call, "service_code");
	if (code == NULL)
		return call_invalid(call, "/service_code", "required");
	/* Officers read Indonesian, whatever language the client has. */
	const struct db_param param[2] = {db_text(code), db_text("id")};
	db_batch_add(call_batch(call), DB_SERVICE_OPEN, param, 2);
	return call_send_any(call, service_known);
}

enum err
request_add_ask(struct call *call)
{
	const struct db_param param[3] = {
	    db_bytes(call->viewer.api_key, HASH_LEN),
	    db_bytes(call->source, sizeof(call->source)),
	    db_text(call->request_id),
	};

	db_batch_add(
	    call_batch_bare(call, DB_CHANNEL), DB_APIKEY_CHECK, param, 3);
	return call_send_then(call, key_checked);
}

static enum err
request_add_told(struct call *call)
{
	const struct request_add *add = call->state;
	const char *seen =
	    call->waited == OK ? db_rows_text(call_rows(call, 0), 0, 0) : NULL;
	bool is_seen = seen != NULL && seen[0] == 't';

	georeport_added(&call->answer, call->lang, is_seen ? add->id : NULL,
	    add->token, has_media_url(call));
	call->answer.is_replayed = add->is_replayed;
	return OK;
}

/*
 * The report is stored, whatever comes now: when nobody can say whether the
 * public sees it, a token is no lie.
 */
enum err
request_add_answer(struct call *call)
{
	struct request_add *add = arena_get(call->arena, sizeof(*add));
	const struct db_rows *rows = call_rows(call, 0);
	const char *id = db_rows_text(rows, 0, db_rows_column(rows, "id", 1));
	const char *replayed = db_rows_text(rows, 0, 0);
	struct db_param param;

	if (id == NULL)
		return ERR_BROKEN;
	memcpy(add->id, id, UUID_LEN + 1);
	add->is_replayed = replayed != NULL && replayed[0] == 't';
	request_token_encode(add->token, call->service->keys, add->id);
	call->state = add;
	param = db_text(add->id);
	db_batch_add(
	    call_batch_bare(call, DB_PUBLIC), DB_REQUEST_SEEN, &param, 1);
	call->waited = call_send_any(call, request_add_told);
	return call->waited == OK ? OK : request_add_told(call);
}
