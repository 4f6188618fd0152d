/*
 * Pages of a list: limit and cursor of the query, next_cursor of the answer.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_CALL_PAGE_H
#define API_CALL_PAGE_H

#include "auth/cursor.h"
#include "call/call.h"

struct page {
	size_t limit;
	const char *limit_text; /* for the database, which may add one row */
	const char *sort;
	const char *after_key; /* NULL: from the start, or the key is null */
	const char *after_id; /* NULL: from the start */
	const char *context;
};

/* ERR_MALFORMED with a fault when a parameter is not in names. */
must_check enum err page_query_only(struct call *, const char *const *names);
/* One of the words, or NULL; notes a fault for any other. */
const char *
page_query_word(struct call *, const char *name, const char *const *words);
/* An id, or NULL; notes a fault for other text. */
const char *page_query_id(struct call *, const char *name);
/* bbox=west,south,east,north as {w,s,e,n}, or NULL; notes a fault. */
const char *page_query_bbox(struct call *);
/* A day, 2026-11-24, or NULL; notes a fault for other text. */
const char *page_query_day(struct call *, const char *name);
/* An RFC 3339 time, in UTC, or NULL; notes a fault for other text. */
const char *page_query_time(struct call *, const char *name);
/* limit 1-100 (25) and cursor, which is good only for the same query. */
must_check enum err page_read(struct page *, struct call *, const char *sort);
/* Rows to show: without the one that only says there are more. */
size_t page_count(const struct page *, const struct db_rows *);
/* Cursor after the last row shown, or NULL at the end. In the arena. */
const char *page_next(const struct page *, struct call *,
    const struct db_rows *, const char *key_column);
/*
 * A list that knows no filter, newest first: asks for a page of it with the
 * path's {id} where there is one, then the cursor and limit; answers with
 * rows about reports whose column at is the key.
 */
must_check enum err page_newest_ask(struct call *, enum db_statement);
must_check enum err page_newest_answer(struct call *, enum policy_table);
/* Answers with all rows of the first statement, in one page. */
must_check enum err page_whole(struct call *, enum policy_table);
/* The same for rows about reports: private as soon as one of them is. */
must_check enum err page_whole_reports(struct call *, enum policy_table);

#endif
