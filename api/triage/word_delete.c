/*
 * DELETE /api/v1/words/{id}
 *
 * SPDX-License-Identifier: ISC
 */
#include "routes.h"

enum err
word_delete_ask(struct call *call)
{
	const struct db_param param[1] = {call_id(call)};

	db_batch_add(call_batch(call), DB_WORD_DELETE, param, 1);
	return call_send(call);
}

enum err
word_delete_answer(struct call *call)
{
	const struct policy_view view = {call->viewer.reader, call->lang};

	policy_empty(&call->answer, &view, 200, "deleted");
	return OK;
}
