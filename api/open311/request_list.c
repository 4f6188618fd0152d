/*
 * GET /open311/v2/requests: public reports, newest first. Of parameters that
 * GeoReport does not know nothing is said: its clients send many.
 *
 * SPDX-License-Identifier: ISC
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/uuid.h"
#include "open311/open311.h"
#include "open311/request.h"
#include "routes.h"

#define PAGE_MAX     1000 /* of requests, as the specification has it */
#define OFFSET_MAX   100000 /* beyond that, days narrow a list better */
#define PARTS_MAX    1000
#define CODE_MAX     40
#define RADIUS_M_MAX 100000
#define DATE_LEN     10 /* 2010-01-01 */
#define MINUTE_LEN   16 /* 2010-01-01T00:00 */
#define SECOND_LEN   19 /* 2010-01-01T00:00:00 */
#define LIMIT        "1000"
#define NOBODY       "00000000-0000-4000-8000-000000000000"

/* In the order of api.request_list(). */
enum err
request_ask(struct call *call, const struct request_wanted *wanted)
{
	const char *extensions = open311_query(call, "extensions");
	bool has_extensions =
	    extensions != NULL && strcmp(extensions, "true") == 0;
	const struct db_param param[13] = {
	    db_text(wanted->ids),
	    db_text(wanted->codes),
	    db_text(wanted->is_open),
	    db_text(wanted->received_from),
	    db_text(wanted->received_to),
	    db_text(wanted->updated_from),
	    db_text(wanted->updated_to),
	    db_text(wanted->lat),
	    db_text(wanted->lng),
	    db_text(wanted->radius),
	    db_text(wanted->offset != NULL ? wanted->offset : "0"),
	    db_text(wanted->limit != NULL ? wanted->limit : LIMIT),
	    db_text(has_extensions ? "true" : "false"),
	};

	db_batch_add(call_batch(call), DB_REQUEST_LIST, param, 13);
	return call_send(call);
}

static const char *
refuse(struct call *call, const char *name, const char *code)
{
	(void)call_invalid(call, arena_format(call->arena, "?%s", name), code);
	return NULL;
}

static bool
is_code(const char *text, size_t len)
{
	return len > 0 && len <= CODE_MAX &&
	    strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_") >= len;
}

/*
 * "a,b" as {a,b}, with spaces around allowed. What can be none is left out: a
 * list of nothing but such finds nothing.
 */
static const char *
list_read(struct call *call, const char *name,
    bool (*may_be)(const char *, size_t), const char *nothing)
{
	const char *text = open311_query(call, name);
	struct buf out;
	size_t len, count = 0;

	if (text == NULL)
		return NULL;
	buf_init(&out, strlen(text) + strlen(nothing) + 3);
	buf_byte(&out, '{');
	for (;; text += len + 1) {
		text += strspn(text, " ");
		len = strcspn(text, ",");
		while (len > 0 && text[len - 1] == ' ')
			len--;
		if (may_be(text, len)) {
			buf_text(&out, count++ == 0 ? "" : ",");
			buf_put(&out, text, len);
		}
		len = strcspn(text, ",");
		if (text[len] == '\0')
			break;
	}
	if (count == 0)
		buf_text(&out, nothing);
	buf_byte(&out, '}');
	text = arena_text(call->arena, out.data, out.len);
	buf_clear(&out);
	return count <= PARTS_MAX ? text : refuse(call, name, "too_many");
}

/* "open,closed" and "closed,open" are as good as nothing. */
static const char *
status_read(struct call *call)
{
	const char *text = open311_query(call, "status");
	bool is_open = false, is_closed = false;
	size_t len;

	if (text == NULL)
		return NULL;
	for (;; text += len + 1) {
		text += strspn(text, " ");
		len = strcspn(text, ", ");
		if (len == 4 && strncmp(text, "open", len) == 0)
			is_open = true;
		else if (len == 6 && strncmp(text, "closed", len) == 0)
			is_closed = true;
		else if (len > 0)
			return refuse(call, "status", "unknown");
		len = strcspn(text, ",");
		if (text[len] == '\0')
			break;
	}
	if (is_open == is_closed)
		return NULL;
	return is_open ? "true" : "false";
}

/*
 * A time as the W3C note has it: also a day, or without seconds. A "+" of an
 * offset that was not escaped has become a space.
 */
static const char *
time_read(struct call *call, const char *name)
{
	const char *text = open311_query(call, name);
	char *whole, out[CLOCK_TEXT_LEN + 1];
	size_t len;
	int64_t us;

	if (text == NULL)
		return NULL;
	len = strlen(text);
	if (len == DATE_LEN)
		whole = arena_format(call->arena, "%sT00:00:00Z", text);
	else if (len > MINUTE_LEN && text[MINUTE_LEN] != ':')
		whole = arena_format(call->arena, "%.*s:00%s", MINUTE_LEN, text,
		    text + MINUTE_LEN);
	else
		whole = arena_format(call->arena, "%s", text);
	len = strlen(whole);
	if (len > SECOND_LEN && len >= 6 && whole[len - 6] == ' ')
		whole[len - 6] = '+';
	if (clock_parse(&us, whole, len) != OK)
		return refuse(call, name, "format");
	(void)clock_format(out, us);
	return arena_format(call->arena, "%s", out);
}

/* A number from min to max as text, or NULL. */
static const char *
number_read(struct call *call, const char *name, double min, double max)
{
	const char *text = open311_query(call, name);
	char *end;
	double value;

	if (text == NULL)
		return NULL;
	if (strspn(text, "+-.0123456789eE") != strlen(text))
		return refuse(call, name, "format");
	value = strtod(text, &end);
	if (*end != '\0' || end == text || !isfinite(value))
		return refuse(call, name, "format");
	if (value < min || value > max)
		return refuse(call, name, "range");
	return arena_format(call->arena, "%.9f", value);
}

/* A whole number from 1 on, at most max, or what is the default. */
static int64_t
count_read(struct call *call, const char *name, int64_t max, int64_t initial)
{
	const char *text = open311_query(call, name);
	size_t len;
	long long value;

	if (text == NULL)
		return initial;
	len = strlen(text);
	if (len > 9 || strspn(text, "0123456789") != len) {
		(void)refuse(call, name, "format");
		return initial;
	}
	value = strtoll(text, NULL, 10);
	if (value < 1)
		(void)refuse(call, name, "range");
	return value > max ? max : value;
}

/* All three of them or none. */
static void
place_read(struct request_wanted *wanted, struct call *call)
{
	static const char *const names[] = {"lat", "long", "radius"};
	size_t i, count = 0;

	for (i = 0; i < 3; i++)
		count += open311_query(call, names[i]) != NULL;
	for (i = 0; count > 0 && i < 3; i++)
		if (open311_query(call, names[i]) == NULL)
			(void)refuse(call, names[i], "required");
	wanted->lat = number_read(call, "lat", -90, 90);
	wanted->lng = number_read(call, "long", -180, 180);
	wanted->radius = number_read(call, "radius", 0, RADIUS_M_MAX);
}

static void
page_read(struct request_wanted *wanted, struct call *call)
{
	int64_t page = count_read(call, "page", OFFSET_MAX, 1);
	int64_t size = count_read(call, "page_size", PAGE_MAX, PAGE_MAX);

	if ((page - 1) * size > OFFSET_MAX)
		(void)refuse(call, "page", "range");
	wanted->offset =
	    arena_format(call->arena, "%lld", (long long)((page - 1) * size));
	wanted->limit = arena_format(call->arena, "%lld", (long long)size);
}

enum err
request_list_ask(struct call *call)
{
	struct request_wanted wanted = {0};
	enum err err = open311_jurisdiction(call);

	if (err != OK)
		return err;
	wanted.ids =
	    list_read(call, "service_request_id", uuid_is_valid, NOBODY);
	/* Ids override all other arguments. */
	if (wanted.ids == NULL) {
		page_read(&wanted, call);
		wanted.codes = list_read(call, "service_code", is_code, "-");
		wanted.is_open = status_read(call);
		wanted.received_from = time_read(call, "start_date");
		wanted.received_to = time_read(call, "end_date");
		wanted.updated_from = time_read(call, "updated_after");
		wanted.updated_to = time_read(call, "updated_before");
		place_read(&wanted, call);
	}
	if (call->answer.fault_count > 0)
		return ERR_INVALID;
	return request_ask(call, &wanted);
}

enum err
request_list_answer(struct call *call)
{
	return open311_list(call, "service_requests", POLICY_REQUEST);
}
