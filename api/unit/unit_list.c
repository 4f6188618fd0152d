/*
 * GET /api/v1/units and /api/v1/categories: lists that hold nothing about any
 * report.
 *
 * SPDX-License-Identifier: ISC
 */
#include "routes.h"

static enum err
list_ask(struct call *call, enum db_statement statement)
{
	db_batch_add(call_batch(call), statement, NULL, 0);
	return call_send(call);
}

static enum err
list_answer(struct call *call, enum policy_table table)
{
	const struct policy_view view = {call->viewer.reader, call->lang};
	const struct db_rows *rows = call_rows(call, 0);

	policy_begin(&call->answer, &view, 200, CONFIDENTIALITY_PUBLIC);
	policy_items(&call->answer, &view, table, rows, db_rows_count(rows),
	    CONFIDENTIALITY_PUBLIC);
	policy_cursor(&call->answer, NULL);
	policy_end(&call->answer);
	return OK;
}

enum err
unit_list_ask(struct call *call)
{
	return list_ask(call, DB_UNIT_LIST);
}

enum err
unit_list_answer(struct call *call)
{
	return list_answer(call, POLICY_UNIT);
}

enum err
category_list_ask(struct call *call)
{
	return list_ask(call, DB_CATEGORY_LIST);
}

enum err
category_list_answer(struct call *call)
{
	return list_answer(call, POLICY_CATEGORY);
}
