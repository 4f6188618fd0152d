/*
 * Strict reading of JSON members. See input.h.
 *
 * SPDX-License-Identifier: ISC
 */
#include "call/input.h"

#include <math.h>
#include <string.h>

#include "core/clock.h"
#include "core/utf8.h"
#include "core/uuid.h"

static void
fault(const struct input *input, const char *name, const char *code)
{
	(void)call_invalid(input->call,
	    arena_format(input->call->arena, "%s/%s", input->pointer, name),
	    code);
}

/* The member when it is there and not null; notes a needed one missing. */
static const cJSON *
member(const struct input *input, const char *name, enum input_need need)
{
	const cJSON *item;

	item = input->object == NULL
	    ? NULL
	    : cJSON_GetObjectItemCaseSensitive(input->object, name);
	if (item != NULL && !cJSON_IsNull(item))
		return item;
	if (need == INPUT_REQUIRED)
		fault(input, name, "required");
	return NULL;
}

struct input
input_body(struct call *call)
{
	struct input input = {call, call->body, ""};

	if (!cJSON_IsObject(call->body)) {
		(void)call_invalid(call, "", "type");
		input.object = NULL;
	}
	return input;
}

struct input
input_object(const struct input *parent, const char *name)
{
	struct input input = {parent->call, NULL, name};
	const cJSON *item = member(parent, name, INPUT_OPTIONAL);

	input.pointer =
	    arena_format(parent->call->arena, "%s/%s", parent->pointer, name);
	if (item != NULL && !cJSON_IsObject(item))
		fault(parent, name, "type");
	else
		input.object = item;
	return input;
}

void
input_only(const struct input *input, const char *const *names)
{
	const cJSON *item;
	size_t i;

	cJSON_ArrayForEach(item, input->object)
	{
		for (i = 0; names[i] != NULL; i++)
			if (strcmp(names[i], item->string) == 0)
				break;
		/* The name is not echoed: it is the client's text. */
		if (names[i] == NULL)
			(void)call_invalid(
			    input->call, input->pointer, "unknown_member");
	}
}

const char *
input_text(const struct input *input, const char *name, enum input_need need,
    size_t min, size_t max)
{
	const cJSON *item = member(input, name, need);
	const char *text;
	size_t len, count;

	if (item == NULL)
		return NULL;
	if (!cJSON_IsString(item)) {
		fault(input, name, "type");
		return NULL;
	}
	text = item->valuestring;
	len = strlen(text);
	count = utf8_count(text, len);
	if (count < min)
		fault(input, name, count == 0 ? "required" : "too_short");
	else if (count > max)
		fault(input, name, "too_long");
	else if (utf8_find(text, len, UTF8_CONTROL) != len)
		fault(input, name, "characters");
	return text;
}

const char *
input_line(const struct input *input, const char *name, enum input_need need,
    size_t min, size_t max)
{
	const char *text = input_text(input, name, need, min, max);

	if (text == NULL || text[0] == '\0')
		return text;
	if (strpbrk(text, "\t\r\n") != NULL)
		fault(input, name, "characters");
	else if (text[strspn(text, " ")] == '\0')
		fault(input, name, "empty");
	return text;
}

const char *
input_number(const struct input *input, const char *name, enum input_need need,
    double min, double max)
{
	const cJSON *item = member(input, name, need);

	if (item == NULL)
		return NULL;
	if (!cJSON_IsNumber(item)) {
		fault(input, name, "type");
		return NULL;
	}
	if (!isfinite(item->valuedouble) || item->valuedouble < min ||
	    item->valuedouble > max) {
		fault(input, name, "range");
		return NULL;
	}
	return arena_format(input->call->arena, "%.17g", item->valuedouble);
}

const char *
input_whole(const struct input *input, const char *name, enum input_need need,
    int64_t min, int64_t max)
{
	const cJSON *item = member(input, name, need);

	if (item == NULL)
		return NULL;
	if (!cJSON_IsNumber(item) ||
	    item->valuedouble != floor(item->valuedouble)) {
		fault(input, name, "type");
		return NULL;
	}
	if (item->valuedouble < (double)min ||
	    item->valuedouble > (double)max) {
		fault(input, name, "range");
		return NULL;
	}
	return arena_format(input->call->arena, "%.0f", item->valuedouble);
}

const char *
input_id(const struct input *input, const char *name, enum input_need need)
{
	const cJSON *item = member(input, name, need);

	if (item == NULL)
		return NULL;
	if (!cJSON_IsString(item)) {
		fault(input, name, "type");
		return NULL;
	}
	if (uuid_is_valid(item->valuestring, strlen(item->valuestring)))
		return item->valuestring;
	fault(input, name, "unknown");
	return NULL;
}

const char *
input_time(const struct input *input, const char *name, enum input_need need)
{
	const cJSON *item = member(input, name, need);
	char text[CLOCK_TEXT_LEN + 1];
	int64_t us;

	if (item == NULL)
		return NULL;
	if (!cJSON_IsString(item)) {
		fault(input, name, "type");
		return NULL;
	}
	if (clock_parse(&us, item->valuestring, strlen(item->valuestring)) !=
	    OK) {
		fault(input, name, "format");
		return NULL;
	}
	return arena_text(input->call->arena, text, clock_format(text, us));
}

const char *
input_word(const struct input *input, const char *name, enum input_need need,
    const char *const *words)
{
	const cJSON *item = member(input, name, need);
	size_t i;

	if (item == NULL)
		return NULL;
	if (!cJSON_IsString(item)) {
		fault(input, name, "type");
		return NULL;
	}
	for (i = 0; words[i] != NULL; i++)
		if (strcmp(words[i], item->valuestring) == 0)
			return words[i];
	fault(input, name, "unknown");
	return NULL;
}

const char *
input_flag(const struct input *input, const char *name, enum input_need need)
{
	const cJSON *item = member(input, name, need);

	if (item == NULL)
		return NULL;
	if (!cJSON_IsBool(item)) {
		fault(input, name, "type");
		return NULL;
	}
	return cJSON_IsTrue(item) ? "true" : "false";
}

bool
input_is_good(const struct input *input)
{
	return input->call->answer.fault_count == 0;
}
