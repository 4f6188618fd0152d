/*
 * DELETE /api/v1/words/{id}
 *
 * SPDX-License-Identifier: ISC
 */
#include "call/listed.h"
#include "routes.h"

enum err
word_delete_ask(struct call *call)
{
	return listed_delete_ask(call, DB_WORD_DELETE);
}

enum err
word_delete_answer(struct call *call)
{
	return listed_delete_answer(call);
}
