/*
 * DELETE /api/v1/holidays/{id}: an admin makes a day count again.
 *
 * SPDX-License-Identifier: ISC
 */
#include "call/listed.h"
#include "routes.h"

enum err
holiday_delete_ask(struct call *call)
{
	return listed_delete_ask(call, DB_HOLIDAY_DELETE);
}

enum err
holiday_delete_answer(struct call *call)
{
	return listed_delete_answer(call);
}
