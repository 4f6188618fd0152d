/*
 * GET /api/v1/templates: texts to start from, the own unit's first.
 *
 * SPDX-License-Identifier: ISC
 */
#include "call/page.h"
#include "routes.h"

enum err
template_list_ask(struct call *call)
{
	db_batch_add(call_batch(call), DB_TEMPLATE_LIST, NULL, 0);
	return call_send(call);
}

enum err
template_list_answer(struct call *call)
{
	return page_whole(call, POLICY_TEMPLATE);
}
