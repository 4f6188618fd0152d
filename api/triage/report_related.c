/*
 * GET /api/v1/reports/{id}/related: other reports that belong to this one.
 * The database gives only what the reader may open, and no count of the rest.
 *
 * SPDX-License-Identifier: ISC
 */
#include "routes.h"

enum err
report_related_ask(struct call *call)
{
	const struct db_param param[1] = {db_text(call->id)};

	db_batch_add(call_batch(call), DB_REPORT_RELATED, param, 1);
	return call_send(call);
}

enum err
report_related_answer(struct call *call)
{
	const struct policy_view view = {call->viewer.reader, call->lang};
	const struct db_rows *rows = call_rows(call, 0);
	size_t count = db_rows_count(rows);

	policy_begin(&call->answer, &view, 200, policy_rows_level(rows, count));
	policy_items(&call->answer, &view, POLICY_RELATED, rows, count,
	    CONFIDENTIALITY_PRIVATE);
	policy_cursor(&call->answer, NULL);
	policy_end(&call->answer);
	return OK;
}
