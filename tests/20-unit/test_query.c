/*
 * The query string: strict, decoded once, bounded.
 *
 * SPDX-License-Identifier: ISC
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "http/query.h"

static const struct {
	enum err err;
	const char *text;
	const char *pairs; /* name=value; as decoded */
} trials[] = {
    {OK, "", ""},
    {OK, "a=1", "a=1;"},
    {OK, "a=1&b=", "a=1;b=;"},
    {OK, "a=x%20y+z", "a=x y z;"},
    {OK, "a=b=c", "a=b=c;"},
    {OK, "a=%26%3D", "a=&=;"},
    {OK, "%61=%C3%A9", "a=\xc3\xa9;"},
    {OK, "a=%252e", "a=%2e;"},
    {ERR_MALFORMED, "a", NULL},
    {ERR_MALFORMED, "=1", NULL},
    {ERR_MALFORMED, "a=1&", NULL},
    {ERR_MALFORMED, "&a=1", NULL},
    {ERR_MALFORMED, "a=1&&b=2", NULL},
    {ERR_MALFORMED, "a=1&a=2", NULL},
    {ERR_MALFORMED, "a=1&%61=2", NULL},
    {ERR_MALFORMED, "a=%", NULL},
    {ERR_MALFORMED, "a=%4", NULL},
    {ERR_MALFORMED, "a=%zz", NULL},
    {ERR_MALFORMED, "a=%00", NULL},
    {ERR_MALFORMED, "a=%0a", NULL},
    {ERR_MALFORMED, "a=%0D", NULL},
    {ERR_MALFORMED, "a=%1b", NULL},
    {ERR_MALFORMED, "a=%c0%80", NULL},
    {ERR_MALFORMED, "a=%ff", NULL},
};

static void
pairs_are_read_or_refused(void **state)
{
	struct call_query query[CALL_QUERY_MAX];
	struct arena *arena = arena_new();
	char seen[256];
	size_t i, n, count, len;
	enum err err;

	(void)state;
	for (i = 0; i < sizeof(trials) / sizeof(trials[0]); i++) {
		err = query_parse(query, &count, arena, trials[i].text,
		    strlen(trials[i].text));
		if (err != trials[i].err)
			print_error("query %s", trials[i].text);
		assert_int_equal(err, trials[i].err);
		if (err != OK)
			continue;
		seen[0] = '\0';
		for (n = 0, len = 0; n < count; n++)
			len += (size_t)snprintf(seen + len, sizeof(seen) - len,
			    "%s=%s;", query[n].name, query[n].value);
		assert_string_equal(seen, trials[i].pairs);
	}
	arena_free(arena);
}

static void
no_query_is_no_pairs(void **state)
{
	struct call_query query[CALL_QUERY_MAX];
	size_t count = 1;

	(void)state;
	assert_int_equal(query_parse(query, &count, NULL, NULL, 0), OK);
	assert_int_equal(count, 0);
}

static void
pairs_are_counted(void **state)
{
	struct call_query query[CALL_QUERY_MAX];
	struct arena *arena = arena_new();
	char text[512] = "";
	size_t i, count, len = 0;

	(void)state;
	for (i = 0; i < CALL_QUERY_MAX; i++)
		len += (size_t)snprintf(text + len, sizeof(text) - len,
		    "%sa%zu=1", i == 0 ? "" : "&", i);
	assert_int_equal(query_parse(query, &count, arena, text, len), OK);
	assert_int_equal(count, CALL_QUERY_MAX);
	len += (size_t)snprintf(text + len, sizeof(text) - len, "&z=1");
	assert_int_equal(
	    query_parse(query, &count, arena, text, len), ERR_MALFORMED);
	arena_free(arena);
}

static void
others_write_loosely(void **state)
{
	static const char text[] = "&a=1&b&&a=2&c=&a&";
	struct call_query query[CALL_QUERY_MAX];
	struct arena *arena = arena_new();
	size_t count;

	(void)state;
	assert_int_equal(
	    query_parse_loose(query, &count, arena, text, sizeof(text) - 1),
	    OK);
	assert_int_equal(count, 3);
	assert_string_equal(query[0].name, "a");
	assert_string_equal(query[0].value, "1,2,");
	assert_string_equal(query[1].name, "b");
	assert_string_equal(query[1].value, "");
	assert_string_equal(query[2].value, "");
	assert_int_equal(
	    query_parse_loose(query, &count, arena, "=1", 2), ERR_MALFORMED);
	assert_int_equal(
	    query_parse_loose(query, &count, arena, "a=%", 3), ERR_MALFORMED);
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(pairs_are_read_or_refused),
	    cmocka_unit_test(no_query_is_no_pairs),
	    cmocka_unit_test(pairs_are_counted),
	    cmocka_unit_test(others_write_loosely),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
