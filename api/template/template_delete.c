/*
 * DELETE /api/v1/templates/{id}
 *
 * SPDX-License-Identifier: ISC
 */
#include "call/listed.h"
#include "routes.h"

enum err
template_delete_ask(struct call *call)
{
	return listed_delete_ask(call, DB_TEMPLATE_DELETE);
}

enum err
template_delete_answer(struct call *call)
{
	return listed_delete_answer(call);
}
