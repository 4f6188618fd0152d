/*
 * GET /api/v1/views: the views of the inbox that the reader has saved.
 *
 * SPDX-License-Identifier: ISC
 */
#include "call/page.h"
#include "routes.h"

enum err
view_list_ask(struct call *call)
{
	db_batch_add(call_batch(call), DB_VIEW_LIST, NULL, 0);
	return call_send(call);
}

enum err
view_list_answer(struct call *call)
{
	return page_whole(call, POLICY_VIEW);
}
