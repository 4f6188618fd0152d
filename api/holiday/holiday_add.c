/*
 * POST /api/v1/holidays: an admin adds a day off. The same day once more is
 * answered with what is there, so a retry needs no key.
 *
 * SPDX-License-Identifier: ISC
 */
#include <string.h>

#include "call/input.h"
#include "call/listed.h"
#include "core/clock.h"
#include "routes.h"

#define DAY_FIRST "2000-01-01"
#define DAY_LAST  "2199-12-31"
#define DAY_LEN   10

static const char *const body_names[] = {"day", "name", "kind", NULL};
static const char *const kinds[] = {"public", "collective", NULL};

/* A day that is in the calendar; its midnight must be a time. */
static const char *
day_read(const struct input *body)
{
	const char *day =
	    input_text(body, "day", INPUT_REQUIRED, DAY_LEN, DAY_LEN);
	const char *midnight;
	int64_t us;

	if (!input_is_good(body))
		return NULL;
	midnight = arena_format(body->call->arena, "%sT00:00:00Z", day);
	if (clock_parse(&us, midnight, strlen(midnight)) != OK)
		(void)call_invalid(body->call, "/day", "format");
	else if (strcmp(day, DAY_FIRST) < 0 || strcmp(day, DAY_LAST) > 0)
		(void)call_invalid(body->call, "/day", "range");
	return day;
}

enum err
holiday_add_ask(struct call *call)
{
	struct input body = input_body(call);
	struct db_param param[3];

	input_only(&body, body_names);
	param[0] = db_text(day_read(&body));
	param[1] = db_text(input_text(&body, "name", INPUT_REQUIRED, 1, 100));
	param[2] = db_text(input_word(&body, "kind", INPUT_REQUIRED, kinds));
	if (!input_is_good(&body))
		return ERR_INVALID;
	db_batch_add(call_batch(call), DB_HOLIDAY_ADD, param, 3);
	return call_send(call);
}

enum err
holiday_add_answer(struct call *call)
{
	return listed_added(call, "holiday", POLICY_HOLIDAY);
}
