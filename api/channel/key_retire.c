/*
 * DELETE /api/v1/keys/{id}: an admin retires a key; the id is its kid. It is
 * refused with the very next request.
 *
 * SPDX-License-Identifier: ISC
 */
#include "call/listed.h"
#include "routes.h"

enum err
key_retire_ask(struct call *call)
{
	const struct db_param param[1] = {db_text(call->id)};

	db_batch_add(call_batch(call), DB_KEY_RETIRE, param, 1);
	return call_send(call);
}

enum err
key_retire_answer(struct call *call)
{
	return listed_delete_answer(call);
}
