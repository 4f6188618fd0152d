/*
 * GET /api/v1/reports/{id}/checks: facts about the proofs of a report. What
 * they mean is for people to say.
 *
 * SPDX-License-Identifier: ISC
 */
#include "call/page.h"
#include "routes.h"

static const char *const query_names[] = {NULL};

enum err
check_list_ask(struct call *call)
{
	const struct db_param param[1] = {db_text(call->id)};
	enum err err;

	err = page_query_only(call, query_names);
	if (err != OK)
		return err;
	db_batch_add(call_batch(call), DB_CHECK_LIST, param, 1);
	return call_send(call);
}

enum err
check_list_answer(struct call *call)
{
	return page_whole_reports(call, POLICY_CHECK);
}
