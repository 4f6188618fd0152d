/*
 * GET /api/v1/reports/{id}: one report, by id or ticket number, with its
 * audit row in the same transaction.
 *
 * SPDX-License-Identifier: ISC
 */
#include "report/report.h"
#include "routes.h"

const char *
report_etag(struct call *call, const struct policy_row *row)
{
	int column = db_rows_column(row->rows, "version", row->from);

	return arena_format(
	    call->arena, "\"%s\"", db_rows_text(row->rows, row->index, column));
}

enum err
report_open_ask(struct call *call)
{
	struct db_param param[1] = {db_text(call->id)};

	db_batch_add(call_batch(call), DB_REPORT_OPEN, param, 1);
	return call_send(call);
}

enum err
report_open_answer(struct call *call)
{
	const struct policy_view view = {call->viewer.reader, call->lang};
	const struct policy_row row = {call_rows(call, 0), 0, 0};
	enum confidentiality level;

	if (db_rows_count(row.rows) != 1)
		return ERR_NOT_FOUND;
	level = policy_row_level(&row);
	policy_begin(&call->answer, &view, 200, level);
	policy_member(
	    &call->answer, &view, "report", POLICY_REPORT, &row, level);
	policy_end(&call->answer);
	call->answer.etag = report_etag(call, &row);
	return OK;
}
