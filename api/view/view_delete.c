/*
 * DELETE /api/v1/views/{id}
 *
 * SPDX-License-Identifier: ISC
 */
#include "call/listed.h"
#include "routes.h"

enum err
view_delete_ask(struct call *call)
{
	return listed_delete_ask(call, DB_VIEW_DELETE);
}

enum err
view_delete_answer(struct call *call)
{
	return listed_delete_answer(call);
}
