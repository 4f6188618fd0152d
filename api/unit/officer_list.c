/*
 * GET /api/v1/officers: the officers of the reader's units and how much each
 * still has to do, for those who share out work.
 *
 * SPDX-License-Identifier: ISC
 */
#include "call/page.h"
#include "routes.h"

static const char *const query_names[] = {"unit", "limit", "cursor", NULL};

enum err
officer_list_ask(struct call *call)
{
	struct page *page = arena_get(call->arena, sizeof(*page));
	enum err err;

	call->state = page;
	err = page_query_only(call, query_names);
	if (err == OK)
		err = page_read(page, call, "name");
	if (err != OK)
		return err;
	const struct db_param param[4] = {
	    db_text(page_query_id(call, "unit")),
	    db_text(page->after_key),
	    db_text(page->after_id),
	    db_text(page->limit_text),
	};
	if (call->answer.fault_count > 0)
		return ERR_INVALID;
	db_batch_add(call_batch(call), DB_OFFICER_LIST, param, 4);
	return call_send(call);
}

enum err
officer_list_answer(struct call *call)
{
	const struct page *page = call->state;
	const struct policy_view view = {call->viewer.reader, call->lang};
	const struct db_rows *rows = call_rows(call, 0);

	policy_begin(&call->answer, &view, 200, CONFIDENTIALITY_PUBLIC);
	policy_items(&call->answer, &view, POLICY_OFFICER, rows,
	    page_count(page, rows), CONFIDENTIALITY_PUBLIC);
	policy_cursor(&call->answer, page_next(page, call, rows, "sort_key"));
	policy_end(&call->answer);
	return OK;
}
