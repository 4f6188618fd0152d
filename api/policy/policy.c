/*
 * From rows to answers. See policy.h.
 *
 * SPDX-License-Identifier: ISC
 */
#include "policy/policy.h"

#include <string.h>

#include "core/check.h"
#include "policy/object.h"
#include "policy/tables.h"
#include "policy/write.h"

/* A page of 100 reports of 4,000 characters each fits. */
#define BODY_MAX (8u * 1024 * 1024)

const char *
policy_label(enum confidentiality level, enum lang lang)
{
	return labels_confidentiality_text(level, lang);
}

bool
policy_may_read(enum reader reader, enum policy_kind kind,
    enum confidentiality level, bool own_unit)
{
	switch (tables_access(reader, kind)) {
	case ACCESS_A:
		return true;
	case ACCESS_P:
	case ACCESS_R:
		return level == CONFIDENTIALITY_PUBLIC;
	case ACCESS_O:
		return own_unit;
	case ACCESS_N:
		return false;
	}
	return false;
}

enum confidentiality
policy_row_level(const struct policy_row *row)
{
	int column = db_rows_column(row->rows, "visibility", row->from);

	if (column < 0)
		return CONFIDENTIALITY_PRIVATE;
	return labels_confidentiality_of(
	    db_rows_text(row->rows, row->index, column));
}

enum confidentiality
policy_rows_level(const struct db_rows *rows, size_t count)
{
	struct policy_row row = {.rows = rows};

	for (row.index = 0; row.index < count; row.index++)
		if (policy_row_level(&row) == CONFIDENTIALITY_PRIVATE)
			return CONFIDENTIALITY_PRIVATE;
	return CONFIDENTIALITY_PUBLIC;
}

void
object_label(struct buf *out, enum confidentiality level, enum lang lang)
{
	buf_text(out, "{\"level\":\"");
	buf_text(out, labels_confidentiality_wire(level));
	buf_text(out, "\",\"label\":\"");
	buf_text(out, labels_confidentiality_text(level, lang));
	buf_text(out, "\"}");
}

void
policy_begin(struct answer *answer, const struct policy_view *view, int status,
    enum confidentiality level)
{
	buf_clear(&answer->body);
	buf_init(&answer->body, BODY_MAX);
	answer->status = status;
	answer->level = level;
	answer->media_type = "application/json";
	buf_text(&answer->body, "{\"confidentiality\":");
	object_label(&answer->body, level, view->lang);
}

void
policy_member(struct answer *answer, const struct policy_view *view,
    const char *member, enum policy_table table, const struct policy_row *row,
    enum confidentiality level)
{
	struct object_columns columns;

	object_find(&columns, table, row);
	buf_text(&answer->body, ",\"");
	buf_text(&answer->body, member);
	buf_text(&answer->body, "\":");
	object_put(&answer->body, view, table, &columns, row, level);
}

void
policy_list(struct answer *answer, const struct policy_view *view,
    const char *member, enum policy_table table, const struct db_rows *rows,
    size_t count, enum confidentiality level)
{
	bool has_level = db_rows_column(rows, "visibility", 0) >= 0;
	struct policy_row row = {.rows = rows};
	struct object_columns columns;

	object_find(&columns, table, &row);
	buf_text(&answer->body, ",\"");
	buf_text(&answer->body, member);
	buf_text(&answer->body, "\":[");
	for (row.index = 0; row.index < count; row.index++) {
		if (row.index > 0)
			buf_byte(&answer->body, ',');
		object_put(&answer->body, view, table, &columns, &row,
		    has_level ? policy_row_level(&row) : level);
	}
	buf_byte(&answer->body, ']');
}

void
policy_items(struct answer *answer, const struct policy_view *view,
    enum policy_table table, const struct db_rows *rows, size_t count,
    enum confidentiality level)
{
	policy_list(answer, view, "items", table, rows, count, level);
}

void
policy_results(
    struct answer *answer, const struct policy_result *result, size_t count)
{
	struct buf *out = &answer->body;
	size_t i;

	buf_text(out, ",\"items\":[");
	for (i = 0; i < count; i++) {
		buf_text(out, i == 0 ? "{\"id\":" : ",{\"id\":");
		write_text(out, result[i].id, strlen(result[i].id));
		buf_text(out, ",\"status\":");
		buf_int(out, result[i].status);
		if (result[i].version != NULL) {
			buf_text(out, ",\"version\":");
			buf_text(out, result[i].version);
		} else {
			buf_text(out, ",\"code\":");
			write_text(out, result[i].code, strlen(result[i].code));
		}
		buf_byte(out, '}');
	}
	buf_byte(out, ']');
}

void
policy_cursor(struct answer *answer, const char *cursor)
{
	buf_text(&answer->body, ",\"next_cursor\":");
	if (cursor == NULL)
		buf_text(&answer->body, "null");
	else
		write_text(&answer->body, cursor, strlen(cursor));
}

void
policy_end(struct answer *answer)
{
	buf_byte(&answer->body, '}');
	must(!answer->body.failed, "an answer fits its buffer");
}

void
policy_photo(struct answer *answer, const struct policy_view *view,
    enum confidentiality level, const uint8_t *jpeg, size_t len)
{
	must(policy_may_read(view->reader, POLICY_KIND_PLAIN, level, false),
	    "a photo goes only to a reader of reports");
	buf_clear(&answer->body);
	buf_init(&answer->body, BODY_MAX);
	buf_put(&answer->body, jpeg, len);
	answer->status = 200;
	answer->level = level;
	answer->media_type = "image/jpeg";
}

void
policy_empty(struct answer *answer, const struct policy_view *view, int status,
    const char *state)
{
	policy_begin(answer, view, status, CONFIDENTIALITY_PUBLIC);
	buf_text(&answer->body, ",\"status\":");
	write_text(&answer->body, state, strlen(state));
	policy_end(answer);
}
