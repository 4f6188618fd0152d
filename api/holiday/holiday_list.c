/*
 * GET /api/v1/holidays: the days off, all of them.
 *
 * SPDX-License-Identifier: ISC
 */
#include "routes.h"

enum err
holiday_list_ask(struct call *call)
{
	db_batch_add(call_batch(call), DB_HOLIDAY_LIST, NULL, 0);
	return call_send(call);
}

enum err
holiday_list_answer(struct call *call)
{
	const struct policy_view view = {call->viewer.reader, call->lang};
	const struct db_rows *rows = call_rows(call, 0);

	policy_begin(&call->answer, &view, 200, CONFIDENTIALITY_PUBLIC);
	policy_items(&call->answer, &view, POLICY_HOLIDAY, rows,
	    db_rows_count(rows), CONFIDENTIALITY_PUBLIC);
	policy_cursor(&call->answer, NULL);
	policy_end(&call->answer);
	return OK;
}
