/*
 * Bodies of GeoReport about what a client sends. See georeport_write.h.
 *
 * SPDX-License-Identifier: ISC
 */
#include "policy/georeport_write.h"

#include <string.h>

#include "policy/georeport.h"
#include "policy/object.h"
#include "policy/write.h"

static const char *
column(const struct policy_row *row, const char *name)
{
	return db_rows_text(
	    row->rows, row->index, db_rows_column(row->rows, name, 0));
}

/* True where another attribute starts. */
static bool
is_first(const struct policy_row *row)
{
	const struct policy_row before = {row->rows, row->index - 1, 0};

	return row->index == 0 ||
	    strcmp(column(row, "code"), column(&before, "code")) != 0;
}

/* ,"values":[…]} behind the attribute, which ended without its brace. */
static void
put_values(struct buf *out, const struct policy_view *view,
    struct policy_row *row, size_t count)
{
	struct object_columns columns;
	bool is_next = false;

	object_find(&columns, POLICY_CHOICE, row);
	buf_text(out, ",\"values\":[");
	do {
		if (column(row, "key") == NULL)
			continue;
		if (is_next)
			buf_byte(out, ',');
		is_next = true;
		object_put(out, view, POLICY_CHOICE, &columns, row,
		    CONFIDENTIALITY_PUBLIC);
	} while (++row->index < count && !is_first(row));
	buf_text(out, "]}");
}

void
georeport_definition(
    struct answer *answer, enum lang lang, const struct db_rows *rows)
{
	const struct policy_view view = {READER_PUBLIC, lang};
	size_t count = db_rows_count(rows);
	struct buf *out = &answer->body;
	struct policy_row row = {.rows = rows};
	struct object_columns columns;

	object_find(&columns, POLICY_ATTRIBUTE, &row);
	georeport_begin(answer, 200);
	write_member(out, "{\"service_code\":", column(&row, "service_code"));
	buf_text(out, ",\"attributes\":[");
	while (row.index < count && column(&row, "code") != NULL) {
		if (row.index > 0)
			buf_byte(out, ',');
		object_put(out, &view, POLICY_ATTRIBUTE, &columns, &row,
		    CONFIDENTIALITY_PUBLIC);
		out->len--;
		put_values(out, &view, &row, count);
	}
	buf_text(out, "]}");
	georeport_end(answer, "service_definition");
}

void
georeport_added(struct answer *answer, enum lang lang, const char *id,
    const char *token, bool has_media_url)
{
	static const char *const received[LANG__COUNT] = {
	    [LANG_EN] = "The report is received. The agency that is "
			"responsible verifies it and follows it up.",
	    [LANG_ID] = "Laporan sudah diterima. Instansi yang bertanggung "
			"jawab akan memeriksa dan menindaklanjutinya.",
	};
	static const char *const unread[LANG__COUNT] = {
	    [LANG_EN] = " media_url is not read: send photos as parts of the "
			"form, named media.",
	    [LANG_ID] = " media_url tidak dibaca: kirim foto sebagai bagian "
			"formulir, dengan nama media.",
	};
	struct buf *out = &answer->body;
	struct buf notice;

	buf_init(&notice, 1024);
	buf_text(&notice, received[lang]);
	if (has_media_url)
		buf_text(&notice, unread[lang]);
	georeport_begin(answer, 200);
	write_member(out,
	    id != NULL ? "[{\"service_request_id\":" : "[{\"token\":",
	    id != NULL ? id : token);
	buf_text(out, ",\"service_notice\":");
	write_text(out, (const char *)notice.data, notice.len);
	buf_text(out, ",\"account_id\":null}]");
	buf_clear(&notice);
	georeport_end(answer, "service_requests");
}

void
georeport_token(struct answer *answer, const char *id, const char *token)
{
	struct buf *out = &answer->body;

	georeport_begin(answer, 200);
	buf_text(out, "[{");
	if (id != NULL) {
		write_member(out, "\"service_request_id\":", id);
		buf_byte(out, ',');
	}
	write_member(out, "\"token\":", token);
	buf_text(out, "}]");
	georeport_end(answer, "service_requests");
}
