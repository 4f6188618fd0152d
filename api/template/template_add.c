/*
 * POST /api/v1/templates: a supervisor keeps a text for the own unit, an admin
 * for all. Which places in braces there are is for the database to say.
 *
 * SPDX-License-Identifier: ISC
 */
#include "call/input.h"
#include "call/listed.h"
#include "routes.h"

#define TITLE_MAX 80
#define TEXT_MAX  2000

static const char *const body_names[] = {"step", "title", "text", NULL};
static const char *const steps[] = {
    "reply", "follow_up", "ask", "reject", "schedule", NULL};

enum err
template_add_ask(struct call *call)
{
	struct input body = input_body(call);

	input_only(&body, body_names);
	const struct db_param param[3] = {
	    db_text(input_word(&body, "step", INPUT_REQUIRED, steps)),
	    db_text(input_line(&body, "title", INPUT_REQUIRED, 1, TITLE_MAX)),
	    db_text(input_text(&body, "text", INPUT_REQUIRED, 1, TEXT_MAX)),
	};
	if (!input_is_good(&body))
		return ERR_INVALID;
	db_batch_add(call_batch(call), DB_TEMPLATE_ADD, param, 3);
	return call_send(call);
}

enum err
template_add_answer(struct call *call)
{
	return listed_added(call, "template", POLICY_TEMPLATE);
}
