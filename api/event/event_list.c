/*
 * GET /api/v1/reports/{id}/events: the timeline, newest first.
 *
 * SPDX-License-Identifier: ISC
 */
#include "call/page.h"
#include "routes.h"

enum err
event_list_ask(struct call *call)
{
	return page_newest_ask(call, DB_EVENT_LIST);
}

enum err
event_list_answer(struct call *call)
{
	return page_newest_answer(call, POLICY_EVENT);
}
