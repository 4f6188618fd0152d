/*
 * GET /api/v1/reports/{id}/hand-overs: from unit to unit, newest first.
 *
 * SPDX-License-Identifier: ISC
 */
#include "call/page.h"
#include "routes.h"

static const char *const query_names[] = {"limit", "cursor", NULL};

enum err
hand_over_list_ask(struct call *call)
{
	struct page *page = arena_get(call->arena, sizeof(*page));
	enum err err;

	call->state = page;
	err = page_query_only(call, query_names);
	if (err == OK)
		err = page_read(page, call, "-at");
	if (err != OK)
		return err;
	const struct db_param param[4] = {
	    db_text(call->id),
	    db_text(page->after_key),
	    db_text(page->after_id),
	    db_text(page->limit_text),
	};
	db_batch_add(call_batch(call), DB_HAND_OVER_LIST, param, 4);
	return call_send(call);
}

enum err
hand_over_list_answer(struct call *call)
{
	const struct page *page = call->state;
	const struct policy_view view = {call->viewer.reader, call->lang};
	const struct db_rows *rows = call_rows(call, 0);
	size_t count = page_count(page, rows);

	policy_begin(&call->answer, &view, 200, policy_rows_level(rows, count));
	policy_items(&call->answer, &view, POLICY_HAND_OVER, rows, count,
	    CONFIDENTIALITY_PRIVATE);
	policy_cursor(&call->answer, page_next(page, call, rows, "at"));
	policy_end(&call->answer);
	return OK;
}
