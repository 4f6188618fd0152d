/*
 * Bodies of Open311 GeoReport v2. See georeport.h.
 *
 * SPDX-License-Identifier: ISC
 */
#include "policy/georeport.h"

#include <string.h>

#include "core/check.h"
#include "policy/object.h"
#include "policy/write.h"
#include "policy/xml.h"

/* 1,000 requests with two texts of 4,000 characters each fit, in XML too. */
#define BODY_MAX (64u * 1024 * 1024)

/* The day on which what is described here last changed. */
#define CHANGESET     "2026-11-24 12:00"
#define SPECIFICATION "http://wiki.open311.org/GeoReport_v2"
#define CONTACT                                                                \
	"Province of DKI Jakarta, Biro Pemerintahan; citizens report with "    \
	"JAKI, the city's app: https://jaki.jakarta.go.id"
#define KEY_SERVICE                                                            \
	"Keys are for official channels of the city. Ask the Biro "            \
	"Pemerintahan; the administrator of this service makes one. Reading "  \
	"needs no key."

void
georeport_begin(struct answer *answer, int status)
{
	buf_clear(&answer->body);
	buf_init(&answer->body, BODY_MAX);
	answer->status = status;
	answer->level = CONFIDENTIALITY_PUBLIC;
	answer->media_type = "application/json; charset=utf-8";
	answer->etag = NULL;
	answer->location = NULL;
}

void
georeport_rows(struct answer *answer, enum lang lang,
    const struct link_base *links, enum policy_table table,
    const struct db_rows *rows)
{
	const struct policy_view view = {READER_PUBLIC, lang};
	struct policy_row row = {.rows = rows};
	struct object_columns columns;

	object_find(&columns, table, &row);
	columns.links = links;
	buf_byte(&answer->body, '[');
	for (; row.index < db_rows_count(rows); row.index++) {
		if (row.index > 0)
			buf_byte(&answer->body, ',');
		object_put(&answer->body, &view, table, &columns, &row,
		    policy_row_level(&row));
	}
	buf_byte(&answer->body, ']');
}

void
georeport_end(struct answer *answer, const char *root)
{
	struct buf json = answer->body;

	must(!json.failed, "an answer fits its buffer");
	if (answer->format != ANSWER_XML)
		return;
	buf_init(&answer->body, BODY_MAX);
	xml_of_json(&answer->body, root, json.data, json.len);
	buf_clear(&json);
	answer->media_type = "text/xml; charset=utf-8";
	must(!answer->body.failed, "an answer fits its buffer");
}

void
georeport_error(struct answer *answer, int status, const char *description)
{
	struct buf *out = &answer->body;

	georeport_begin(answer, status);
	buf_text(out, "[{\"code\":");
	buf_int(out, status);
	buf_text(out, ",\"description\":");
	write_text(out, description, strlen(description));
	buf_text(out, "}]");
	georeport_end(answer, "errors");
}

void
georeport_discovery(struct answer *answer, const char *host)
{
	struct buf *out = &answer->body;

	georeport_begin(answer, 200);
	write_member(out, "{\"changeset\":", CHANGESET);
	write_member(out, ",\"contact\":", CONTACT);
	write_member(out, ",\"key_service\":", KEY_SERVICE);
	write_member(out, ",\"endpoints\":[{\"specification\":", SPECIFICATION);
	buf_text(out, ",\"url\":\"https://");
	buf_text(out, host);
	write_member(out, "/open311/v2\",\"changeset\":", CHANGESET);
	write_member(out, ",\"type\":", "production");
	buf_text(out, ",\"formats\":[\"text/xml\",\"application/json\"]}]}");
	georeport_end(answer, "discovery");
	/* The specification gives this one no charset. */
	answer->media_type =
	    answer->format == ANSWER_XML ? "text/xml" : "application/json";
}
