/*
 * GET /api/v1/channels/{id}/keys: the public keys of a channel, those in use
 * first.
 *
 * SPDX-License-Identifier: ISC
 */
#include "call/page.h"
#include "routes.h"

enum err
key_list_ask(struct call *call)
{
	const struct db_param param[1] = {call_id(call)};

	db_batch_add(call_batch(call), DB_KEY_LIST, param, 1);
	return call_send(call);
}

enum err
key_list_answer(struct call *call)
{
	return page_whole(call, POLICY_KEY);
}
