/*
 * GET /api/v1/reports/{id}/opened: which units opened a report and its photos,
 * for its channel; who of the own unit, for a supervisor.
 *
 * SPDX-License-Identifier: ISC
 */
#include "call/page.h"
#include "routes.h"

enum err
opened_list_ask(struct call *call)
{
	static const char *const query_names[] = {NULL};
	const struct db_param param[1] = {db_text(call->id)};
	enum err err = page_query_only(call, query_names);

	if (err != OK)
		return err;
	db_batch_add(call_batch(call), DB_OPENED_LIST, param, 1);
	return call_send(call);
}

enum err
opened_list_answer(struct call *call)
{
	return page_whole_reports(call, POLICY_OPENED);
}
