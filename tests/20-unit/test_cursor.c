/*
 * List cursors: they come back as they went, only in their own list, and not
 * one bit may change.
 *
 * SPDX-License-Identifier: ISC
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "auth/cursor.h"
#include "core/random.h"

#define CONTEXT "reports 8c5a officer waiting"

static struct keys *keys;

static int
setup(void **state)
{
	uint8_t root[KEYS_LEN];

	(void)state;
	random_bytes(root, sizeof(root));
	keys = keys_new(root);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	keys_free(keys);
	return 0;
}

static const struct cursor example = {
    .sort = "-received_at",
    .key = "2026-11-24 08:06:12.123456+00",
    .has_key = true,
    .id = "c906a883-bf8d-4608-b897-a2f01db8033d",
};

static void
is_same(const struct cursor *one, const struct cursor *other)
{
	assert_string_equal(one->sort, other->sort);
	assert_string_equal(one->key, other->key);
	assert_string_equal(one->id, other->id);
	assert_int_equal(one->has_key, other->has_key);
}

static void
there_and_back(void **state)
{
	char text[CURSOR_TEXT_MAX + 1];
	struct cursor longest, null = example, out;

	(void)state;
	cursor_encode(text, keys, CONTEXT, &example);
	assert_int_equal(
	    cursor_decode(&out, keys, CONTEXT, text, strlen(text)), OK);
	is_same(&out, &example);
	null.has_key = false;
	cursor_encode(text, keys, CONTEXT, &null);
	assert_int_equal(
	    cursor_decode(&out, keys, CONTEXT, text, strlen(text)), OK);
	assert_false(out.has_key);
	assert_string_equal(out.key, "");
	memset(&longest, 'x', sizeof(longest));
	longest.has_key = true;
	longest.sort[sizeof(longest.sort) - 1] = '\0';
	longest.key[sizeof(longest.key) - 1] = '\0';
	longest.id[sizeof(longest.id) - 1] = '\0';
	cursor_encode(text, keys, CONTEXT, &longest);
	assert_int_equal(
	    cursor_decode(&out, keys, CONTEXT, text, strlen(text)), OK);
	is_same(&out, &longest);
}

static void
every_change_is_refused(void **state)
{
	char text[CURSOR_TEXT_MAX + 1], changed[CURSOR_TEXT_MAX + 2];
	struct cursor out = {.id = "untouched"};
	size_t len, at;
	int c;

	(void)state;
	cursor_encode(text, keys, CONTEXT, &example);
	len = strlen(text);
	for (at = 0; at < len; at++) {
		for (c = 1; c < 256; c++) {
			if (c == text[at])
				continue;
			memcpy(changed, text, len);
			changed[at] = (char)c;
			assert_int_equal(
			    cursor_decode(&out, keys, CONTEXT, changed, len),
			    ERR_INVALID);
		}
		assert_int_equal(
		    cursor_decode(&out, keys, CONTEXT, text, at), ERR_INVALID);
	}
	memcpy(changed, text, len);
	changed[len] = 'A';
	assert_int_equal(
	    cursor_decode(&out, keys, CONTEXT, changed, len + 1), ERR_INVALID);
	assert_string_equal(out.id, "untouched");
}

static void
another_list_or_instance_refuses(void **state)
{
	uint8_t root[KEYS_LEN] = {9};
	struct keys *other = keys_new(root);
	char text[CURSOR_TEXT_MAX + 1], long_text[600];
	struct cursor out;

	(void)state;
	cursor_encode(text, keys, CONTEXT, &example);
	assert_int_equal(
	    cursor_decode(&out, keys, CONTEXT "x", text, strlen(text)),
	    ERR_INVALID);
	assert_int_equal(
	    cursor_decode(&out, keys, "", text, strlen(text)), ERR_INVALID);
	assert_int_equal(
	    cursor_decode(&out, other, CONTEXT, text, strlen(text)),
	    ERR_INVALID);
	assert_int_equal(
	    cursor_decode(&out, keys, CONTEXT, "", 0), ERR_INVALID);
	memset(long_text, 'A', sizeof(long_text));
	assert_int_equal(
	    cursor_decode(&out, keys, CONTEXT, long_text, sizeof(long_text)),
	    ERR_INVALID);
	keys_free(other);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(there_and_back),
	    cmocka_unit_test(every_change_is_refused),
	    cmocka_unit_test(another_list_or_instance_refuses),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
