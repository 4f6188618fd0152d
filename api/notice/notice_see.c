/*
 * POST /api/v1/notices/seen: what is older is no longer new to this account.
 *
 * SPDX-License-Identifier: ISC
 */
#include "call/input.h"
#include "routes.h"

static const char *const body_names[] = {"until", NULL};

enum err
notice_see_ask(struct call *call)
{
	struct input body = input_body(call);
	struct db_param param[1];

	input_only(&body, body_names);
	param[0] = db_text(input_time(&body, "until", INPUT_REQUIRED));
	if (!input_is_good(&body))
		return ERR_INVALID;
	db_batch_add(call_batch(call), DB_NOTICE_SEE, param, 1);
	return call_send(call);
}

enum err
notice_see_answer(struct call *call)
{
	const struct policy_view view = {call->viewer.reader, call->lang};

	policy_empty(&call->answer, &view, 200, "seen");
	return OK;
}
