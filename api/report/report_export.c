/*
 * GET /api/v1/reports/{id}/export: all that is held of a report, for its
 * reporter to have: the report, what was told of it, who opened it, and which
 * members of an identity lie sealed; what they say cannot be opened here.
 *
 * SPDX-License-Identifier: ISC
 */
#include "call/page.h"
#include "routes.h"

/* More events than any report has: an export has no pages. */
#define EVENTS_MAX "10000"

static const char *const query_names[] = {NULL};

/* The statements, in the order in which they are asked. */
enum { ROWS_REPORT, ROWS_EVENTS, ROWS_OPENED, ROWS_HELD };

enum err
report_export_ask(struct call *call)
{
	const struct db_param param[4] = {
	    db_text(call->id),
	    db_text(NULL),
	    db_text(NULL),
	    db_text(EVENTS_MAX),
	};
	struct db_batch *batch;
	enum err err;

	err = page_query_only(call, query_names);
	if (err != OK)
		return err;
	batch = call_batch(call);
	db_batch_add(batch, DB_REPORT_EXPORT, param, 1);
	db_batch_add(batch, DB_EVENT_LIST, param, 4);
	db_batch_add(batch, DB_EXPORT_OPENED, param, 1);
	db_batch_add(batch, DB_EXPORT_HELD, param, 1);
	return call_send(call);
}

enum err
report_export_answer(struct call *call)
{
	const struct policy_view view = {call->viewer.reader, call->lang};
	const struct policy_row report = {call_rows(call, ROWS_REPORT), 0, 0};
	const struct policy_row held = {call_rows(call, ROWS_HELD), 0, 0};
	const struct db_rows *events = call_rows(call, ROWS_EVENTS);
	const struct db_rows *opened = call_rows(call, ROWS_OPENED);
	struct answer *answer = &call->answer;
	enum confidentiality level;

	if (db_rows_count(report.rows) != 1 || db_rows_count(held.rows) != 1)
		return ERR_BROKEN;
	level = policy_row_level(&report);
	policy_begin(answer, &view, 200, level);
	policy_member(answer, &view, "report", POLICY_REPORT, &report, level);
	policy_list(answer, &view, "events", POLICY_EVENT, events,
	    db_rows_count(events), level);
	policy_list(answer, &view, "opened", POLICY_OPENED, opened,
	    db_rows_count(opened), level);
	policy_member(answer, &view, "held", POLICY_HELD, &held, level);
	policy_end(answer);
	return OK;
}
