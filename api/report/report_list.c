/*
 * GET /api/v1/reports: the inbox of officers, a channel's own reports; with
 * updated_since what changed of these, oldest change first.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <string.h>

#include "auth/cursor.h"
#include "call/page.h"
#include "core/labels.h"
#include "report/report.h"
#include "routes.h"

const char *const report_query_names[] = {"status", "category", "unit",
    "kelurahan", "overdue", "visibility", "held", "assigned", "q", "bbox",
    "sort", "limit", "cursor", NULL};
/* What changed is for channels only, and knows no other filters. */
static const char *const change_names[] = {
    "updated_since", "status", "visibility", "limit", "cursor", NULL};
static const char *const sorts[] = {
    "due_at", "received_at", "-received_at", NULL};
static const char *const booleans[] = {"true", "false", NULL};
static const char *const visibilities[] = {"private", "public", NULL};

struct report_list {
	const char *sort;
	const char *key_column;
	struct page page;
};

/* "waiting,in_progress" as {waiting,in_progress}; each must be a status. */
static const char *
status_read(struct call *call)
{
	const char *text = call_query_get(call, "status");
	const char *part, *end;
	enum status status;
	char name[32];
	size_t len;

	if (text == NULL)
		return NULL;
	for (part = text;; part = end + 1) {
		end = strchr(part, ',');
		len = end == NULL ? strlen(part) : (size_t)(end - part);
		if (len >= sizeof(name))
			break;
		memcpy(name, part, len);
		name[len] = '\0';
		if (labels_status_find(&status, name) != OK)
			break;
		if (end == NULL)
			return arena_format(call->arena, "{%s}", text);
	}
	(void)call_invalid(call, "?status", "unknown");
	return NULL;
}

static const char *
text_read(struct call *call, const char *name, size_t max)
{
	const char *text = call_query_get(call, name);

	if (text == NULL || text[0] == '\0')
		return NULL;
	if (strlen(text) <= max)
		return text;
	(void)call_invalid(
	    call, arena_format(call->arena, "?%s", name), "too_long");
	return NULL;
}

/* What a channel does not see it does not ask for either. */
static enum err
names_check(struct call *call)
{
	enum err err = page_query_only(call, report_query_names);

	if (err != OK || call->viewer.reader != READER_CHANNEL ||
	    (call_query_get(call, "held") == NULL &&
		call_query_get(call, "assigned") == NULL))
		return err;
	(void)call_invalid(call, "?", "unknown_parameter");
	return ERR_MALFORMED;
}

/* "me", "none" or the id of an account. */
static const char *
assigned_read(struct call *call)
{
	const char *text = call_query_get(call, "assigned");

	if (text == NULL || strcmp(text, "me") == 0 ||
	    strcmp(text, "none") == 0)
		return text;
	return page_query_id(call, "assigned");
}

static enum err
changes_ask(struct call *call, struct report_list *list)
{
	enum err err = page_query_only(call, change_names);

	if (err != OK)
		return err;
	list->key_column = "updated_at";
	err = page_read(&list->page, call, list->key_column);
	if (err != OK)
		return err;
	const struct db_param param[6] = {
	    db_text(page_query_time(call, "updated_since")),
	    db_text(status_read(call)),
	    db_text(page_query_word(call, "visibility", visibilities)),
	    db_text(list->page.after_key),
	    db_text(list->page.after_id),
	    db_text(list->page.limit_text),
	};
	if (call->answer.fault_count > 0)
		return ERR_INVALID;
	db_batch_add(call_batch(call), DB_REPORT_CHANGES, param, 6);
	return call_send(call);
}

enum err
report_list_ask(struct call *call)
{
	struct report_list *list = arena_get(call->arena, sizeof(*list));
	enum err err;

	call->state = list;
	if (call->viewer.reader == READER_CHANNEL &&
	    call_query_get(call, "updated_since") != NULL)
		return changes_ask(call, list);
	list->key_column = "sort_key";
	err = names_check(call);
	if (err != OK)
		return err;
	list->sort = page_query_word(call, "sort", sorts);
	if (list->sort == NULL)
		list->sort = sorts[0];
	err = page_read(&list->page, call, list->sort);
	if (err != OK)
		return err;
	const struct db_param param[14] = {
	    db_text(status_read(call)),
	    db_text(text_read(call, "category", 64)),
	    db_text(page_query_id(call, "unit")),
	    db_text(text_read(call, "kelurahan", 20)),
	    db_text(page_query_word(call, "overdue", booleans)),
	    db_text(page_query_word(call, "visibility", visibilities)),
	    db_text(text_read(call, "q", 800)),
	    db_text(page_query_bbox(call)),
	    db_text(list->sort),
	    db_text(list->page.after_key),
	    db_text(list->page.after_id),
	    db_text(list->page.limit_text),
	    db_text(text_read(call, "held", 64)),
	    db_text(assigned_read(call)),
	};
	if (call->answer.fault_count > 0)
		return ERR_INVALID;
	db_batch_add(call_batch(call), DB_REPORT_LIST, param, 14);
	return call_send(call);
}

enum err
report_list_answer(struct call *call)
{
	struct report_list *list = call->state;
	const struct policy_view view = {call->viewer.reader, call->lang};
	const struct db_rows *rows = call_rows(call, 0);
	size_t count = page_count(&list->page, rows);

	policy_begin(&call->answer, &view, 200, policy_rows_level(rows, count));
	policy_items(&call->answer, &view, POLICY_REPORT, rows, count,
	    CONFIDENTIALITY_PRIVATE);
	policy_cursor(&call->answer,
	    page_next(&list->page, call, rows, list->key_column));
	policy_end(&call->answer);
	return OK;
}
