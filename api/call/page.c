/*
 * Pages of a list. See page.h.
 *
 * SPDX-License-Identifier: ISC
 */
#include "call/page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/hash.h"
#include "core/hex.h"
#include "core/uuid.h"

#define LIMIT_DEFAULT 25
#define LIMIT_MAX     100
#define DAY_LEN       10 /* 2026-11-24 */

enum err
page_query_only(struct call *call, const char *const *names)
{
	size_t i, k;

	for (i = 0; i < call->query_count; i++) {
		for (k = 0; names[k] != NULL; k++)
			if (strcmp(names[k], call->query[i].name) == 0)
				break;
		if (names[k] != NULL)
			continue;
		(void)call_invalid(call, "?", "unknown_parameter");
		return ERR_MALFORMED;
	}
	return OK;
}

const char *
page_query_word(struct call *call, const char *name, const char *const *words)
{
	const char *text = call_query_get(call, name);
	size_t i;

	if (text == NULL)
		return NULL;
	for (i = 0; words[i] != NULL; i++)
		if (strcmp(words[i], text) == 0)
			return words[i];
	(void)call_invalid(
	    call, arena_format(call->arena, "?%s", name), "unknown");
	return NULL;
}

const char *
page_query_id(struct call *call, const char *name)
{
	const char *text = call_query_get(call, name);

	if (text == NULL || uuid_is_valid(text, strlen(text)))
		return text;
	(void)call_invalid(
	    call, arena_format(call->arena, "?%s", name), "unknown");
	return NULL;
}

const char *
page_query_bbox(struct call *call)
{
	const char *text = call_query_get(call, "bbox");
	double side[4];
	char *end;
	int i;

	if (text == NULL)
		return NULL;
	for (i = 0; i < 4; i++) {
		side[i] = strtod(text, &end);
		if (end == text || *end != (i == 3 ? '\0' : ',') ||
		    !(side[i] >= -180 && side[i] <= 180))
			break;
		text = end + 1;
	}
	if (i < 4 || side[0] > side[2] || side[1] > side[3]) {
		(void)call_invalid(call, "?bbox", "format");
		return NULL;
	}
	return arena_format(call->arena, "{%.9g,%.9g,%.9g,%.9g}", side[0],
	    side[1], side[2], side[3]);
}

const char *
page_query_day(struct call *call, const char *name)
{
	const char *text = call_query_get(call, name);
	const char *midnight;
	int64_t us;

	if (text == NULL)
		return NULL;
	midnight = arena_format(call->arena, "%.11sT00:00:00Z", text);
	if (strlen(text) == DAY_LEN &&
	    clock_parse(&us, midnight, strlen(midnight)) == OK)
		return text;
	(void)call_invalid(
	    call, arena_format(call->arena, "?%s", name), "format");
	return NULL;
}

const char *
page_query_time(struct call *call, const char *name)
{
	const char *text = call_query_get(call, name);
	char *utc;
	int64_t us;

	if (text == NULL)
		return NULL;
	if (clock_parse(&us, text, strlen(text)) != OK) {
		(void)call_invalid(
		    call, arena_format(call->arena, "?%s", name), "format");
		return NULL;
	}
	utc = arena_get(call->arena, CLOCK_TEXT_LEN + 1);
	(void)clock_format(utc, us);
	return utc;
}

/* Everything the query asked for but limit and cursor, as one hash. */
static const char *
context_of(struct call *call)
{
	uint8_t digest[HASH_LEN];
	struct hash *hash = hash_new();
	char text[2 * HASH_LEN + 1];
	size_t i;

	hash_add(hash, call->route->name, strlen(call->route->name) + 1);
	if (call->id != NULL)
		hash_add(hash, call->id, strlen(call->id) + 1);
	for (i = 0; i < call->query_count; i++) {
		if (strcmp(call->query[i].name, "cursor") == 0 ||
		    strcmp(call->query[i].name, "limit") == 0)
			continue;
		hash_add(
		    hash, call->query[i].name, strlen(call->query[i].name) + 1);
		hash_add(hash, call->query[i].value,
		    strlen(call->query[i].value) + 1);
	}
	hash_end(digest, hash);
	hex_encode(text, digest, sizeof(digest));
	return arena_format(call->arena, "%s", text);
}

static enum err
cursor_read(struct page *page, struct call *call, const char *text)
{
	struct cursor *cursor = arena_get(call->arena, sizeof(*cursor));

	if (cursor_decode(cursor, call->service->keys, page->context, text,
		strlen(text)) != OK ||
	    strcmp(cursor->sort, page->sort) != 0)
		return call_invalid(call, "?cursor", "cursor");
	page->after_key = cursor->has_key ? cursor->key : NULL;
	page->after_id = cursor->id;
	return OK;
}

enum err
page_read(struct page *page, struct call *call, const char *sort)
{
	const char *limit = call_query_get(call, "limit");
	const char *cursor = call_query_get(call, "cursor");
	char *end;
	long number = LIMIT_DEFAULT;

	if (limit != NULL) {
		number = strtol(limit, &end, 10);
		if (limit[0] < '0' || limit[0] > '9' || *end != '\0' ||
		    number < 1 || number > LIMIT_MAX)
			return call_invalid(call, "?limit", "range");
	}
	page->limit = (size_t)number;
	page->limit_text = arena_format(call->arena, "%ld", number);
	page->sort = sort;
	page->context = context_of(call);
	return cursor == NULL ? OK : cursor_read(page, call, cursor);
}

size_t
page_count(const struct page *page, const struct db_rows *rows)
{
	size_t count = db_rows_count(rows);

	return count > page->limit ? page->limit : count;
}

const char *
page_next(const struct page *page, struct call *call,
    const struct db_rows *rows, const char *key_column)
{
	size_t last = page->limit - 1;
	struct cursor cursor = {0};
	const char *key, *id;
	char *text;

	if (db_rows_count(rows) <= page->limit)
		return NULL;
	key = db_rows_text(rows, last, db_rows_column(rows, key_column, 0));
	id = db_rows_text(rows, last, db_rows_column(rows, "id", 0));
	(void)snprintf(cursor.sort, sizeof(cursor.sort), "%s", page->sort);
	cursor.has_key = key != NULL;
	if (key != NULL)
		(void)snprintf(cursor.key, sizeof(cursor.key), "%s", key);
	(void)snprintf(cursor.id, sizeof(cursor.id), "%s", id);
	text = arena_get(call->arena, CURSOR_TEXT_MAX + 1);
	cursor_encode(text, call->service->keys, page->context, &cursor);
	return text;
}

enum err
page_newest_ask(struct call *call, enum db_statement statement)
{
	static const char *const query_names[] = {"limit", "cursor", NULL};
	struct page *page = arena_get(call->arena, sizeof(*page));
	struct db_param param[4];
	size_t count = 0;
	enum err err;

	call->state = page;
	err = page_query_only(call, query_names);
	if (err == OK)
		err = page_read(page, call, "-at");
	if (err != OK)
		return err;
	if (call->id != NULL)
		param[count++] = db_text(call->id);
	param[count++] = db_text(page->after_key);
	param[count++] = db_text(page->after_id);
	param[count++] = db_text(page->limit_text);
	db_batch_add(call_batch(call), statement, param, count);
	return call_send(call);
}

enum err
page_newest_answer(struct call *call, enum policy_table table)
{
	const struct page *page = call->state;
	const struct policy_view view = {call->viewer.reader, call->lang};
	const struct db_rows *rows = call_rows(call, 0);
	size_t count = page_count(page, rows);

	policy_begin(&call->answer, &view, 200, policy_rows_level(rows, count));
	policy_items(
	    &call->answer, &view, table, rows, count, CONFIDENTIALITY_PRIVATE);
	policy_cursor(&call->answer, page_next(page, call, rows, "at"));
	policy_end(&call->answer);
	return OK;
}

/* level: of the whole; row_level: of rows that do not say theirs. */
static enum err
whole_put(struct call *call, enum policy_table table,
    enum confidentiality level, enum confidentiality row_level)
{
	const struct policy_view view = {call->viewer.reader, call->lang};
	const struct db_rows *rows = call_rows(call, 0);

	policy_begin(&call->answer, &view, 200, level);
	policy_items(
	    &call->answer, &view, table, rows, db_rows_count(rows), row_level);
	policy_cursor(&call->answer, NULL);
	policy_end(&call->answer);
	return OK;
}

enum err
page_whole(struct call *call, enum policy_table table)
{
	return whole_put(
	    call, table, CONFIDENTIALITY_PUBLIC, CONFIDENTIALITY_PUBLIC);
}

enum err
page_whole_reports(struct call *call, enum policy_table table)
{
	const struct db_rows *rows = call_rows(call, 0);

	return whole_put(call, table,
	    policy_rows_level(rows, db_rows_count(rows)),
	    CONFIDENTIALITY_PRIVATE);
}
