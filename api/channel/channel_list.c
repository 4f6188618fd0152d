/*
 * GET /api/v1/channels: all of them for an admin, for triage those whose reports
 * are keyed in at a desk.
 *
 * SPDX-License-Identifier: ISC
 */
#include "call/page.h"
#include "routes.h"

enum err
channel_list_ask(struct call *call)
{
	db_batch_add(call_batch(call), DB_CHANNEL_LIST, NULL, 0);
	return call_send(call);
}

enum err
channel_list_answer(struct call *call)
{
	return page_whole(call, POLICY_CHANNEL);
}
