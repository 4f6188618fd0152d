/*
 * GET /api/v1/reports/{id}/hand-overs: from unit to unit, newest first.
 *
 * SPDX-License-Identifier: ISC
 */
#include "call/page.h"
#include "routes.h"

enum err
hand_over_list_ask(struct call *call)
{
	return page_newest_ask(call, DB_HAND_OVER_LIST);
}

enum err
hand_over_list_answer(struct call *call)
{
	return page_newest_answer(call, POLICY_HAND_OVER);
}
