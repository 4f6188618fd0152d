/*
 * GET /api/v1/notices: what the reader has to hear of, newest first.
 *
 * SPDX-License-Identifier: ISC
 */
#include "call/page.h"
#include "routes.h"

enum err
notice_list_ask(struct call *call)
{
	return page_newest_ask(call, DB_NOTICE_LIST);
}

enum err
notice_list_answer(struct call *call)
{
	return page_newest_answer(call, POLICY_NOTICE);
}
