/*
 * GET /open311/v2/tokens/{id}: the request that a token stands for, once the
 * public sees it.
 *
 * SPDX-License-Identifier: ISC
 */
#include "auth/request_token.h"
#include "open311/open311.h"
#include "policy/georeport_write.h"
#include "routes.h"

enum err
token_open_ask(struct call *call)
{
	char *id = arena_get(call->arena, UUID_LEN + 1);
	struct db_param param;
	enum err err = open311_jurisdiction(call);

	if (err != OK)
		return err;
	err = request_token_decode(id, call->service->keys, call->id);
	if (err != OK) {
		(void)call_invalid(call, "/token", "unknown");
		return err;
	}
	call->state = id;
	param = db_text(id);
	db_batch_add(call_batch(call), DB_REQUEST_SEEN, &param, 1);
	return call_send(call);
}

enum err
token_open_answer(struct call *call)
{
	const char *seen = db_rows_text(call_rows(call, 0), 0, 0);

	georeport_token(&call->answer,
	    seen != NULL && seen[0] == 't' ? call->state : NULL, call->id);
	return OK;
}
