/*
 * GET /open311/v2/services: what can be reported. Categories are services.
 *
 * SPDX-License-Identifier: ISC
 */
#include "open311/open311.h"
#include "routes.h"

enum err
service_list_ask(struct call *call)
{
	enum err err = open311_jurisdiction(call);

	if (err != OK)
		return err;
	db_batch_add(call_batch(call), DB_SERVICE_LIST, NULL, 0);
	return call_send(call);
}

enum err
service_list_answer(struct call *call)
{
	return open311_list(call, "services", POLICY_SERVICE);
}
