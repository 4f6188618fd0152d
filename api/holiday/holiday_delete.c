/*
 * DELETE /api/v1/holidays/{id}: an admin makes a day count again.
 *
 * SPDX-License-Identifier: ISC
 */
#include <string.h>

#include "core/uuid.h"
#include "routes.h"

enum err
holiday_delete_ask(struct call *call)
{
	struct db_param param[1] = {db_text(call->id)};

	/* Still asks who it is: what is no id answers like an unknown one. */
	if (!uuid_is_valid(call->id, strlen(call->id)))
		param[0] = db_text(NULL);
	db_batch_add(call_batch(call), DB_HOLIDAY_DELETE, param, 1);
	return call_send(call);
}

enum err
holiday_delete_answer(struct call *call)
{
	const struct policy_view view = {call->viewer.reader, call->lang};

	policy_empty(&call->answer, &view, 200, "deleted");
	return OK;
}
