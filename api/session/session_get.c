/*
 * GET and DELETE /api/v1/session: who am I, and sign out.
 *
 * SPDX-License-Identifier: ISC
 */
#include <string.h>

#include "core/hash.h"
#include "routes.h"

enum err
session_get_ask(struct call *call)
{
	(void)call_batch(call);
	return call_send(call);
}

enum err
session_get_answer(struct call *call)
{
	const struct policy_view view = {call->viewer.reader, call->lang};
	const struct policy_row row = {db_batch_rows(call->batch, 0), 0, 0};

	policy_begin(&call->answer, &view, 200, CONFIDENTIALITY_PUBLIC);
	policy_member(&call->answer, &view, "session", POLICY_SESSION, &row,
	    CONFIDENTIALITY_PUBLIC);
	policy_end(&call->answer);
	return OK;
}

enum err
session_close_ask(struct call *call)
{
	struct db_batch *batch = call_batch(call);
	uint8_t *hash = arena_get(call->arena, HASH_LEN);

	hash_sha256(hash, call->session_token, strlen(call->session_token));
	const struct db_param param[1] = {db_bytes(hash, HASH_LEN)};

	db_batch_add(batch, DB_SESSION_CLOSE, param, 1);
	return call_send(call);
}

enum err
session_close_answer(struct call *call)
{
	const struct policy_view view = {call->viewer.reader, call->lang};

	policy_empty(&call->answer, &view, 200, "signed_out");
	call->answer.cookie = "__Host-crm=; Path=/; Secure; HttpOnly; "
			      "SameSite=Strict; Max-Age=0";
	call->answer.clear_site_data = "\"cache\", \"cookies\", \"storage\"";
	return OK;
}
