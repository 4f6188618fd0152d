/*
 * GET /api/v1/reports/{id}/suggestions: units to hand the report to, each with
 * its reason in one sentence. Whoever asks still has to choose.
 *
 * SPDX-License-Identifier: ISC
 */
#include "call/page.h"
#include "routes.h"

enum err
suggestion_list_ask(struct call *call)
{
	const struct db_param param[2] = {
	    db_text(call->id),
	    call_lang(call),
	};

	db_batch_add(call_batch(call), DB_SUGGESTION_LIST, param, 2);
	return call_send(call);
}

enum err
suggestion_list_answer(struct call *call)
{
	return page_whole(call, POLICY_SUGGESTION);
}
