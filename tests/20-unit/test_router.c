/*
 * Paths: decoded once, and matched to the rows of a route table.
 *
 * SPDX-License-Identifier: ISC
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "http/router.h"

static const struct {
	enum err err;
	const char *path;
	const char *decoded;
} paths[] = {
    {OK, "/", "/"},
    {OK, "/a/b", "/a/b"},
    {OK, "/a/", "/a/"},
    {OK, "/%61%2D", "/a-"},
    {OK, "/%25%32%65", "/%2e"},
    {OK, "/caf%C3%A9", "/caf\xc3\xa9"},
    {OK, "/...", "/..."},
    {OK, "/a+b", "/a+b"},
    {ERR_MALFORMED, "", NULL},
    {ERR_MALFORMED, "a", NULL},
    {ERR_MALFORMED, "//", NULL},
    {ERR_MALFORMED, "/a//b", NULL},
    {ERR_MALFORMED, "/.", NULL},
    {ERR_MALFORMED, "/..", NULL},
    {ERR_MALFORMED, "/a/../b", NULL},
    {ERR_MALFORMED, "/%2e%2E", NULL},
    {ERR_MALFORMED, "/.%2e/b", NULL},
    {ERR_MALFORMED, "/a%2fb", NULL},
    {ERR_MALFORMED, "/a%5Cb", NULL},
    {ERR_MALFORMED, "/%00", NULL},
    {ERR_MALFORMED, "/%0a", NULL},
    {ERR_MALFORMED, "/%7f", NULL},
    {ERR_MALFORMED, "/%", NULL},
    {ERR_MALFORMED, "/%4", NULL},
    {ERR_MALFORMED, "/%zz", NULL},
    {ERR_MALFORMED, "/%c0%ae", NULL},
    {ERR_MALFORMED, "/%ed%a0%80", NULL},
    {ERR_MALFORMED, "/%ff", NULL},
};

static void
paths_are_decoded_once_or_refused(void **state)
{
	char out[ROUTER_PATH_MAX + 1];
	size_t i;
	enum err err;

	(void)state;
	for (i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		err = router_decode(out, paths[i].path, strlen(paths[i].path));
		if (err != paths[i].err)
			print_error("path %s", paths[i].path);
		assert_int_equal(err, paths[i].err);
		if (err == OK)
			assert_string_equal(out, paths[i].decoded);
	}
}

static void
a_path_has_an_end(void **state)
{
	char text[ROUTER_PATH_MAX + 1], out[ROUTER_PATH_MAX + 1];

	(void)state;
	memset(text, 'a', sizeof(text));
	text[0] = '/';
	assert_int_equal(router_decode(out, text, ROUTER_PATH_MAX), OK);
	assert_int_equal(
	    router_decode(out, text, ROUTER_PATH_MAX + 1), ERR_URI_TOO_LONG);
}

static const struct route rows[] = {
    {METHOD_GET, "/r", 0, BODY_NONE, NULL, "list", NULL, NULL},
    {METHOD_POST, "/r", 0, BODY_NONE, NULL, "add", NULL, NULL},
    {METHOD_GET, "/r/{id}", 0, BODY_NONE, NULL, "open", NULL, NULL},
    {METHOD_GET, "/r/{id}/events", 0, BODY_NONE, NULL, "events", NULL, NULL},
    {METHOD_GET, "/open311/v2/r.{format}", 0, BODY_NONE, NULL, "geo", NULL,
	NULL},
    {METHOD_GET, "/open311/v2/r/{id}.{format}", 0, BODY_NONE, NULL, "one", NULL,
	NULL},
    {METHOD_GET, "/open311/v2/p/{id}", 0, BODY_NONE, NULL, "bytes", NULL, NULL},
};

static enum err
find(struct router_match *match, enum method method, const char *path)
{
	return router_find(
	    match, rows, sizeof(rows) / sizeof(rows[0]), method, path);
}

static void
rows_are_found(void **state)
{
	struct router_match match;

	(void)state;
	assert_int_equal(find(&match, METHOD_GET, "/r"), OK);
	assert_string_equal(match.route->name, "list");
	assert_string_equal(match.id, "");
	assert_int_equal(find(&match, METHOD_POST, "/r"), OK);
	assert_string_equal(match.route->name, "add");
	assert_int_equal(match.allow, 1u << METHOD_GET | 1u << METHOD_POST);
	assert_int_equal(find(&match, METHOD_GET, "/r/JK1"), OK);
	assert_string_equal(match.route->name, "open");
	assert_string_equal(match.id, "JK1");
	assert_int_equal(find(&match, METHOD_GET, "/r/JK1/events"), OK);
	assert_string_equal(match.route->name, "events");
	assert_string_equal(match.id, "JK1");
}

static const struct {
	const char *path;
	const char *name; /* NULL: there is none */
	const char *id;
	enum answer_format format;
} formats[] = {
    {"/r", "list", "", ANSWER_OWN},
    {"/r.json", NULL, "", ANSWER_OWN},
    {"/open311/v2/r", "geo", "", ANSWER_XML},
    {"/open311/v2/r.xml", "geo", "", ANSWER_XML},
    {"/open311/v2/r.json", "geo", "", ANSWER_JSON},
    {"/open311/v2/r.JSON", NULL, "", ANSWER_XML},
    {"/open311/v2/r.html", NULL, "", ANSWER_XML},
    {"/open311/v2/r.json.xml", NULL, "", ANSWER_XML},
    {"/open311/v2/r/", NULL, "", ANSWER_XML},
    {"/open311/v2/r/.json", NULL, "", ANSWER_JSON},
    {"/open311/v2/r/1", "one", "1", ANSWER_XML},
    {"/open311/v2/r/1.json", "one", "1", ANSWER_JSON},
    {"/open311/v2/r/1.2.xml", "one", "1.2", ANSWER_XML},
    {"/open311/v2/p/1.json", "bytes", "1.json", ANSWER_JSON},
    {"/open311/v2/x.json", NULL, "", ANSWER_JSON},
};

static void
an_ending_names_the_format(void **state)
{
	struct router_match match;
	enum err err;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
		err = find(&match, METHOD_GET, formats[i].path);
		assert_int_equal(match.format, formats[i].format);
		assert_int_equal(
		    err, formats[i].name == NULL ? ERR_NOT_FOUND : OK);
		if (err != OK)
			continue;
		assert_string_equal(match.route->name, formats[i].name);
		assert_string_equal(match.id, formats[i].id);
	}
}

static void
other_methods_are_told_which(void **state)
{
	struct router_match match;

	(void)state;
	assert_int_equal(find(&match, METHOD_DELETE, "/r"), ERR_METHOD);
	assert_int_equal(match.allow, 1u << METHOD_GET | 1u << METHOD_POST);
	assert_null(match.route);
	assert_int_equal(find(&match, METHOD_POST, "/r/1"), ERR_METHOD);
	assert_int_equal(match.allow, 1u << METHOD_GET);
}

static void
near_misses_are_not_found(void **state)
{
	static const char *const others[] = {"/", "/R", "/r/", "/r/1/",
	    "/r/1/event", "/r/1/eventss", "/r/1/2/events", "/rr", "/r//events",
	    "/r/a123456789012345678901234567890123456789012345678901234567890"
	    "1234"};
	struct router_match match;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		assert_int_equal(
		    find(&match, METHOD_GET, others[i]), ERR_NOT_FOUND);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(paths_are_decoded_once_or_refused),
	    cmocka_unit_test(a_path_has_an_end),
	    cmocka_unit_test(rows_are_found),
	    cmocka_unit_test(an_ending_names_the_format),
	    cmocka_unit_test(other_methods_are_told_which),
	    cmocka_unit_test(near_misses_are_not_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
