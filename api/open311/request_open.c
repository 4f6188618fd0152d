/*
 * GET /open311/v2/requests/{id}: one service request, as a list of one.
 *
 * SPDX-License-Identifier: ISC
 */
#include "open311/open311.h"
#include "open311/request.h"
#include "routes.h"

enum err
request_open_ask(struct call *call)
{
	const char *id = call_id(call).data;
	enum err err = open311_jurisdiction(call);

	if (err != OK)
		return err;
	return request_ask(call,
	    &(struct request_wanted){
		.ids = arena_format(call->arena, "{%s}", id), .limit = "1"});
}

enum err
request_open_answer(struct call *call)
{
	if (db_rows_count(call_rows(call, 0)) == 0)
		return ERR_NOT_FOUND;
	return open311_list(call, "service_requests", POLICY_REQUEST);
}
