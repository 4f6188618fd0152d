/*
 * GET /open311/v2/services/{id}: what a service asks for beside a description.
 *
 * SPDX-License-Identifier: ISC
 */
#include "open311/open311.h"
#include "policy/georeport_write.h"
#include "routes.h"

enum err
service_open_ask(struct call *call)
{
	const struct db_param param[2] = {db_text(call->id), call_lang(call)};
	enum err err = open311_jurisdiction(call);

	if (err != OK)
		return err;
	db_batch_add(call_batch(call), DB_SERVICE_OPEN, param, 2);
	return call_send_any(call, service_open_answer);
}

enum err
service_open_answer(struct call *call)
{
	if (call->waited == ERR_NOT_FOUND)
		(void)call_invalid(call, "/service_code", "unknown");
	if (call->waited != OK)
		return call->waited;
	georeport_definition(&call->answer, call->lang, call_rows(call, 0));
	return OK;
}
