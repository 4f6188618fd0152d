/*
 * The target of a request: path up to the first "?", then the query. What is
 * taken holds no control character, no dot segment, nothing twice.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/utf8.h"
#include "http/query.h"
#include "http/router.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void
check_text(const char *text)
{
	size_t len = strlen(text);

	if (!utf8_is_valid(text, len) ||
	    utf8_find(text, len, UTF8_CONTROL | UTF8_LINE) != len)
		abort();
}

static void
check_path(const char *path, size_t len)
{
	static const struct route rows[] = {
	    {METHOD_GET, "/a/{id}", 0, BODY_NONE, NULL, "a", NULL, NULL},
	    {METHOD_GET, "/a/{id}/b", 0, BODY_NONE, NULL, "b", NULL, NULL},
	};
	char out[ROUTER_PATH_MAX + 1];
	struct router_match match;

	if (router_decode(out, path, len) != OK)
		return;
	if (out[0] != '/' || strlen(out) > len || strstr(out, "//") != NULL ||
	    strchr(out, '\\') != NULL || strstr(out, "/../") != NULL ||
	    !utf8_is_valid(out, strlen(out)))
		abort();
	if (router_find(&match, rows, 2, METHOD_GET, out) == OK &&
	    (match.id[0] == '\0' || strchr(match.id, '/') != NULL))
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	const char *text = (const char *)data;
	const char *mark = len > 0 ? memchr(text, '?', len) : NULL;
	size_t path_len = mark != NULL ? (size_t)(mark - text) : len;
	struct call_query query[CALL_QUERY_MAX];
	struct arena *arena;
	size_t i, n, count;

	check_path(text, path_len);
	if (mark == NULL)
		return 0;
	arena = arena_new();
	if (query_parse(query, &count, arena, mark + 1, len - path_len - 1) ==
	    OK) {
		if (count > CALL_QUERY_MAX)
			abort();
		for (i = 0; i < count; i++) {
			check_text(query[i].name);
			check_text(query[i].value);
			for (n = 0; n < i; n++)
				if (strcmp(query[i].name, query[n].name) == 0)
					abort();
		}
	}
	arena_free(arena);
	return 0;
}
