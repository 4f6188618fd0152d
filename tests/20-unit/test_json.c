/*
 * Strict JSON: everything cJSON forgives is refused here, and what is accepted
 * reaches cJSON whole.
 *
 * SPDX-License-Identifier: ISC
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "core/json.h"
#include "core/random.h"

struct trial {
	enum json_flaw flaw;
	const char *text;
};

static const struct trial trials[] = {
    {JSON_FINE, "{}"},
    {JSON_FINE, " [1, 2.5e-3, -0, \"a\\n\", true, false, null] \r\n\t"},
    {JSON_FINE, "\"\\ud83d\\ude00 \xf0\x9f\x98\x80\""},
    {JSON_FINE, "42"},
    {JSON_FINE, "{\"a\":{\"a\":1},\"b\":[{\"a\":1},{\"a\":2}]}"},
    {JSON_FINE, "9007199254740992"},
    {JSON_FINE, "{\"\":1}"},
    {JSON_FINE, "[\"\x7f</script>\"]"},
    {JSON_FINE, "-6.2087634123456789"},
    {JSON_SYNTAX, ""},
    {JSON_SYNTAX, "   "},
    {JSON_SYNTAX, "{"},
    {JSON_SYNTAX, "{\"a\":1"},
    {JSON_SYNTAX, "[1,]"},
    {JSON_SYNTAX, "{\"a\":1,}"},
    {JSON_SYNTAX, "[,1]"},
    {JSON_SYNTAX, "{} x"},
    {JSON_SYNTAX, "{}{}"},
    {JSON_SYNTAX, "{'a':1}"},
    {JSON_SYNTAX, "{a:1}"},
    {JSON_SYNTAX, "{1:1}"},
    {JSON_SYNTAX, "{\"a\" 1}"},
    {JSON_SYNTAX, "/*x*/{}"},
    {JSON_SYNTAX, "\xef\xbb\xbf{}"},
    {JSON_SYNTAX, "tru"},
    {JSON_SYNTAX, "TRUE"},
    {JSON_SYNTAX, "nulll"},
    {JSON_SYNTAX, "NaN"},
    {JSON_SYNTAX, "Infinity"},
    {JSON_SYNTAX, "+1"},
    {JSON_SYNTAX, ".5"},
    {JSON_SYNTAX, "\"a"},
    {JSON_SYNTAX, "\"\\x41\""},
    {JSON_SYNTAX, "\"\\u12\""},
    {JSON_SYNTAX, "\"\\u12g4\""},
    {JSON_SYNTAX, "\"\\"},
    {JSON_SYNTAX, "[1 2]"},
    {JSON_SYNTAX, "]"},
    {JSON_BAD_UTF8, "\"\xff\xfe\""},
    {JSON_BAD_UTF8, "\"\xc0\xaf\""},
    {JSON_BAD_UTF8, "\"\xed\xa0\x80\""},
    {JSON_BAD_UTF8, "\"\xc3\""},
    {JSON_BAD_CONTROL, "\"a\nb\""},
    {JSON_BAD_CONTROL, "\"a\x1f\""},
    {JSON_BAD_CONTROL, "\"a\\u0000b\""},
    {JSON_BAD_CONTROL, "{\"a\\u0000\":1}"},
    {JSON_BAD_CONTROL, "\x01{}"},
    {JSON_BAD_SURROGATE, "\"\\ud800\""},
    {JSON_BAD_SURROGATE, "\"\\udc00\""},
    {JSON_BAD_SURROGATE, "\"\\ud83dx\""},
    {JSON_BAD_SURROGATE, "\"\\ud83d\\ud83d\""},
    {JSON_BAD_SURROGATE, "\"\\ude00\\ud83d\""},
    {JSON_BAD_NUMBER, "[01]"},
    {JSON_BAD_NUMBER, "-"},
    {JSON_BAD_NUMBER, "[1.]"},
    {JSON_BAD_NUMBER, "[1e]"},
    {JSON_BAD_NUMBER, "[1e+]"},
    {JSON_BAD_NUMBER, "[-.5]"},
    {JSON_BAD_NUMBER, "1e400"},
    {JSON_BAD_NUMBER, "-1e400"},
    {JSON_BAD_NUMBER, "9007199254740994"},
    {JSON_BAD_NUMBER, "-9007199254740994"},
    {JSON_BAD_NUMBER, "1e16"},
    {JSON_BAD_NUMBER, "77777777777777700055.2"},
    {JSON_BAD_NUMBER, "9223372036854775807"},
    {JSON_BAD_NUMBER, "0.1234567890123456789012345678901"},
    {JSON_DUPLICATE, "{\"a\":1,\"a\":2}"},
    {JSON_DUPLICATE, "{\"a\":1,\"A\":2}"},
    {JSON_DUPLICATE, "{\"a\":1,\"\\u0061\":2}"},
    {JSON_DUPLICATE, "{\"\\u0041\":1,\"b\":2,\"a\":2}"},
    {JSON_DUPLICATE, "{\"\":1,\"\":2}"},
    {JSON_DUPLICATE, "[{\"x\":{\"y\":1,\"y\":1}}]"},
    {JSON_DUPLICATE, "{\"\\ud83d\\ude00\":1,\"\xf0\x9f\x98\x80\":2}"},
};

static void
every_trap_is_seen(void **state)
{
	cJSON *root;
	size_t at;

	(void)state;
	for (at = 0; at < sizeof(trials) / sizeof(trials[0]); at++) {
		const char *text = trials[at].text;
		size_t len = strlen(text), offset = 1000;
		enum json_flaw flaw = json_scan(text, len, &offset);

		if (flaw != trials[at].flaw)
			print_error("%s: %s\n", text, json_flaw_name(flaw));
		assert_int_equal(flaw, trials[at].flaw);
		assert_true(offset <= len);
		root = NULL;
		assert_int_equal(json_parse(&root, text, len),
		    flaw == JSON_FINE ? OK : ERR_MALFORMED);
		assert_int_equal(root != NULL, flaw == JSON_FINE);
		cJSON_Delete(root);
	}
}

static void
nul_bytes_are_refused(void **state)
{
	(void)state;
	assert_int_equal(json_scan("[\"a\0b\"]", 7, NULL), JSON_BAD_CONTROL);
	assert_int_equal(json_scan("{}\0", 3, NULL), JSON_SYNTAX);
	assert_int_equal(json_scan("\0{}", 3, NULL), JSON_BAD_CONTROL);
}

static void
depth_is_limited_exactly(void **state)
{
	char text[200];
	size_t depth;

	(void)state;
	for (depth = 1; depth < 80; depth++) {
		memset(text, '[', depth);
		memset(text + depth, ']', depth);
		assert_int_equal(json_scan(text, 2 * depth, NULL),
		    depth <= JSON_DEPTH_MAX ? JSON_FINE : JSON_TOO_DEEP);
	}
}

static void
members_are_limited_exactly(void **state)
{
	struct buf buf;
	int count, at;

	(void)state;
	buf_init(&buf, 10000);
	for (count = JSON_MEMBERS_MAX; count <= JSON_MEMBERS_MAX + 1; count++) {
		buf_reset(&buf);
		for (at = 0; at < count; at++) {
			buf_text(&buf, at == 0 ? "{\"k" : ",\"k");
			buf_int(&buf, at);
			buf_text(&buf, "\":1");
		}
		buf_byte(&buf, '}');
		assert_int_equal(json_scan(buf.data, buf.len, NULL),
		    count == JSON_MEMBERS_MAX ? JSON_FINE : JSON_TOO_MANY);
	}
	buf_clear(&buf);
}

/* Written, then read again by cJSON, it is the same text. */
static void
comes_back(const char *text, size_t len)
{
	struct buf buf;
	cJSON *root = NULL;

	buf_init(&buf, 6 * len + 2);
	json_write_text(&buf, text, len);
	assert_false(buf.failed);
	assert_int_equal(json_parse(&root, buf.data, buf.len), OK);
	assert_memory_equal(root->valuestring, text, len);
	assert_int_equal(strlen(root->valuestring), len);
	cJSON_Delete(root);
	buf_clear(&buf);
}

static void
text_is_written_and_read(void **state)
{
	char text[64];
	size_t len, at;
	int round;

	(void)state;
	comes_back("", 0);
	comes_back("a\"b\\c\nd\te\rf\bg\fh\x01\x1f\x7f", 18);
	comes_back("Jalan \xc3\xa9 \xf0\x9f\x98\x80 rusak", 18);
	/* Every special byte at every place of every short length. */
	for (len = 1; len < 24; len++) {
		for (at = 0; at < len; at++) {
			memset(text, 'x', len);
			text[at] = "\"\\\n\x01\x1f "[at % 6];
			comes_back(text, len);
		}
	}
	for (round = 0; round < 2000; round++) {
		len = random_below(sizeof(text));
		for (at = 0; at < len; at++)
			text[at] = (char)(1 + random_below(127));
		comes_back(text, len);
	}
}

static void
written_text_is_as_expected(void **state)
{
	struct buf buf;

	(void)state;
	buf_init(&buf, 100);
	json_write_text(&buf, "a\"\\\n\x02\x1f/", 7);
	assert_int_equal(buf.len, 22);
	assert_memory_equal(buf.data, "\"a\\\"\\\\\\n\\u0002\\u001f/\"", 22);
	buf_clear(&buf);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_trap_is_seen),
	    cmocka_unit_test(nul_bytes_are_refused),
	    cmocka_unit_test(depth_is_limited_exactly),
	    cmocka_unit_test(members_are_limited_exactly),
	    cmocka_unit_test(text_is_written_and_read),
	    cmocka_unit_test(written_text_is_as_expected),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
