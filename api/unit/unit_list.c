/*
 * GET /api/v1/units, /categories and /reasons: lists that hold nothing about
 * any report.
 *
 * SPDX-License-Identifier: ISC
 */
#include "call/page.h"
#include "routes.h"

enum err
unit_list_ask(struct call *call)
{
	db_batch_add(call_batch(call), DB_UNIT_LIST, NULL, 0);
	return call_send(call);
}

enum err
unit_list_answer(struct call *call)
{
	return page_whole(call, POLICY_UNIT);
}

enum err
category_list_ask(struct call *call)
{
	db_batch_add(call_batch(call), DB_CATEGORY_LIST, NULL, 0);
	return call_send(call);
}

enum err
category_list_answer(struct call *call)
{
	return page_whole(call, POLICY_CATEGORY);
}

enum err
reason_list_ask(struct call *call)
{
	const struct db_param param[1] = {call_lang(call)};

	db_batch_add(call_batch(call), DB_REASON_LIST, param, 1);
	return call_send(call);
}

enum err
reason_list_answer(struct call *call)
{
	return page_whole(call, POLICY_REASON);
}
