/*
 * GET /api/v1/reports/{id}/related: other reports that belong to this one.
 * The database gives only what the reader may open, and no count of the rest.
 *
 * SPDX-License-Identifier: ISC
 */
#include "call/page.h"
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
	return page_whole_reports(call, POLICY_RELATED);
}
