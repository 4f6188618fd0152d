/*
 * GET /api/v1/holidays: the days off, all of them.
 *
 * SPDX-License-Identifier: ISC
 */
#include "call/page.h"
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
	return page_whole(call, POLICY_HOLIDAY);
}
