/*
 * Entries of lists that readers edit: the same few lines for each list.
 *
 * SPDX-License-Identifier: ISC
 */
#include "call/listed.h"

static enum err
one_put(
    struct call *call, int status, const char *member, enum policy_table table)
{
	const struct policy_view view = {call->viewer.reader, call->lang};
	const struct policy_row row = {call_rows(call, 0), 0, 0};

	if (db_rows_count(row.rows) != 1)
		return ERR_BROKEN;
	policy_begin(&call->answer, &view, status, CONFIDENTIALITY_PUBLIC);
	policy_member(
	    &call->answer, &view, member, table, &row, CONFIDENTIALITY_PUBLIC);
	policy_end(&call->answer);
	return OK;
}

enum err
listed_added(struct call *call, const char *member, enum policy_table table)
{
	return one_put(call, 201, member, table);
}

enum err
listed_edited(struct call *call, const char *member, enum policy_table table)
{
	return one_put(call, 200, member, table);
}

enum err
listed_delete_ask(struct call *call, enum db_statement statement)
{
	const struct db_param param[1] = {call_id(call)};

	db_batch_add(call_batch(call), statement, param, 1);
	return call_send(call);
}

enum err
listed_delete_answer(struct call *call)
{
	const struct policy_view view = {call->viewer.reader, call->lang};

	policy_empty(&call->answer, &view, 200, "deleted");
	return OK;
}
