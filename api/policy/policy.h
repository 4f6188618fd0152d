/*
 * The only way from a row to the wire: walks the field tables and copies what
 * this reader may see of this row, locks or leaves out the rest and names it,
 * and puts the confidentiality label on everything.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_POLICY_POLICY_H
#define API_POLICY_POLICY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "auth/viewer.h"
#include "core/lang.h"
#include "db/db.h"
#include "policy/answer.h"

enum policy_table {
	POLICY_REPORT,
	POLICY_EVENT,
	POLICY_SESSION,
	POLICY_CATEGORY,
	POLICY_UNIT,
	POLICY_HOLIDAY,
	POLICY_NOTICE,
	POLICY_REASON,
	POLICY_AREA,
	POLICY_OFFICER,
	POLICY_RANKING,
	POLICY_HAND_OVER,
	POLICY_VIEW,
	POLICY_TEMPLATE,
	POLICY_CHECK,
	POLICY_WORD,
	POLICY_CHANNEL,
	POLICY_KEY,
	POLICY_RELATED,
	POLICY_OPENED,
	POLICY_HELD,
	POLICY_SUGGESTION,
	POLICY_SERVICE,
	POLICY_REQUEST,
	POLICY_ATTRIBUTE,
	POLICY_CHOICE,
	POLICY_TABLE__COUNT
};

enum policy_kind {
#define KIND(name, why) POLICY_KIND_##name,
#include "policy/kinds.def"
#undef KIND
	POLICY_KIND__COUNT
};

/* Who reads, in which language. */
struct policy_view {
	enum reader reader;
	enum lang lang;
};

/* One row of a result; columns are looked up by name from column from on. */
struct policy_row {
	const struct db_rows *rows;
	size_t index;
	int from;
};

/* What became of one of several requests in one. */
struct policy_result {
	const char *id; /* as the reader sent it */
	int status;
	const char *version; /* of the report, when it was done, else NULL */
	const char *code; /* fixed word of ours, when it was refused */
};

/* Level of one row by its column visibility: anything but "public" is private. */
enum confidentiality policy_row_level(const struct policy_row *);
/* Private as soon as one of the first count rows is. */
enum confidentiality policy_rows_level(const struct db_rows *, size_t count);

/*
 * Starts a JSON body {"confidentiality":…; then any number of members, then
 * policy_end(). The status is set by policy_begin().
 */
void policy_begin(struct answer *, const struct policy_view *, int status,
    enum confidentiality);
/* ,"member":{object}. level is the report's, which the row may not know. */
void policy_member(struct answer *, const struct policy_view *,
    const char *member, enum policy_table, const struct policy_row *,
    enum confidentiality);
/* ,"member":[the first count rows] with each row's own level when the table has
 * a visibility column, else level. */
void policy_list(struct answer *, const struct policy_view *,
    const char *member, enum policy_table, const struct db_rows *, size_t count,
    enum confidentiality);
/* The same as "items". */
void policy_items(struct answer *, const struct policy_view *,
    enum policy_table, const struct db_rows *, size_t count,
    enum confidentiality);
/* ,"items":[…] of what became of each of several requests. */
void
policy_results(struct answer *, const struct policy_result *, size_t count);
/* ,"next_cursor":"…" or null. */
void policy_cursor(struct answer *, const char *cursor);
void policy_end(struct answer *);

/* The bytes of one photo this reader was let through to by the database. */
void policy_photo(struct answer *, const struct policy_view *,
    enum confidentiality, const uint8_t *jpeg, size_t len);
/* A body with nothing but the label: DELETE, health. state: fixed text. */
void policy_empty(
    struct answer *, const struct policy_view *, int status, const char *state);

/* True when the reader may see this kind of a report of that level at all. */
bool policy_may_read(
    enum reader, enum policy_kind, enum confidentiality, bool own_unit);
/* Exact label text. */
const char *policy_label(enum confidentiality, enum lang);

/*
 * Prints the tables as markdown: docs/access.md is this output.
 */
void policy_document(struct buf *);

#endif
