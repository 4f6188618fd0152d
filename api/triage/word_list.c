/*
 * GET /api/v1/words: what the filter at intake looks for.
 *
 * SPDX-License-Identifier: ISC
 */
#include "call/page.h"
#include "routes.h"

enum err
word_list_ask(struct call *call)
{
	db_batch_add(call_batch(call), DB_WORD_LIST, NULL, 0);
	return call_send(call);
}

enum err
word_list_answer(struct call *call)
{
	return page_whole(call, POLICY_WORD);
}
