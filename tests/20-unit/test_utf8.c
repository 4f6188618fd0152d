/*
 * UTF-8: what is valid, how long it is, and the characters that deceive.
 *
 * SPDX-License-Identifier: ISC
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/utf8.h"

static void
every_character_there_and_back(void **state)
{
	uint8_t text[4];
	uint32_t point, read;
	size_t len;

	(void)state;
	for (point = 0; point <= 0x10ffff; point++) {
		if (point == 0xd800)
			point = 0xe000;
		len = utf8_write(text, point);
		assert_int_equal(utf8_next(&read, text, len), len);
		assert_int_equal(read, point);
		/* Cut short it is nothing. */
		assert_int_equal(utf8_next(&read, text, len - 1), 0);
	}
}

static void
every_wrong_form_is_refused(void **state)
{
	static const char *const wrong[] = {"\x80", "\xbf", "\xc0\x80",
	    "\xc0\xaf", "\xc1\xbf", "\xc2", "\xc2\x41", "\xe0\x80\x80",
	    "\xe0\x9f\xbf", "\xed\xa0\x80", "\xed\xbf\xbf", "\xe2\x82",
	    "\xe2\x28\xa1", "\xf0\x80\x80\x80", "\xf0\x8f\xbf\xbf",
	    "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xf8\x88\x80\x80\x80",
	    "\xfe", "\xff", "\xf0\x9f\x98", "\xf0\x28\x8c\xbc",
	    "abcdefghijklmnop\xff", "aaaaaaa\xc3"};
	size_t at;

	(void)state;
	for (at = 0; at < sizeof(wrong) / sizeof(wrong[0]); at++)
		assert_false(utf8_is_valid(wrong[at], strlen(wrong[at])));
	assert_true(utf8_is_valid("", 0));
	assert_true(utf8_is_valid("a\0b", 3));
	assert_true(utf8_is_valid("Jalan Kebon Jeruk \xf0\x9f\x98\x80", 22));
}

static void
characters_are_counted(void **state)
{
	(void)state;
	assert_int_equal(utf8_count("", 0), 0);
	assert_int_equal(utf8_count("abc", 3), 3);
	assert_int_equal(
	    utf8_count("\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80", 9), 3);
}

static size_t
found(const char *text, unsigned kinds)
{
	return utf8_find(text, strlen(text), kinds);
}

static void
deceiving_characters_are_found(void **state)
{
	(void)state;
	assert_int_equal(found("ab\x01", UTF8_CONTROL), 2);
	assert_int_equal(found("ab\x7f", UTF8_CONTROL), 2);
	assert_int_equal(found("ab\xc2\x85", UTF8_CONTROL), 2);
	assert_int_equal(found("a\tb\nc\r", UTF8_CONTROL), 6);
	assert_int_equal(found("a\tb", UTF8_LINE), 1);
	assert_int_equal(found("a\xe2\x80\xa8", UTF8_LINE), 1);
	assert_int_equal(found("a\xe2\x80\xae"
			       "b",
			     UTF8_BIDI),
	    1);
	assert_int_equal(found("a\xe2\x81\xa6"
			       "b",
			     UTF8_BIDI),
	    1);
	assert_int_equal(found("a\xe2\x80\xae"
			       "b",
			     UTF8_ZERO_WIDTH),
	    5);
	assert_int_equal(found("08\xe2\x80\x8b", UTF8_ZERO_WIDTH), 2);
	assert_int_equal(found("08\xc2\xad", UTF8_ZERO_WIDTH), 2);
	assert_int_equal(found("\xef\xbb\xbf", UTF8_ZERO_WIDTH), 0);
	assert_int_equal(found("\xf3\xa0\x80\xb1", UTF8_ZERO_WIDTH), 0);
	assert_int_equal(
	    found("Jalan \xc3\xa9\xe2\x82\xac",
		UTF8_CONTROL | UTF8_LINE | UTF8_BIDI | UTF8_ZERO_WIDTH),
	    11);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_character_there_and_back),
	    cmocka_unit_test(every_wrong_form_is_refused),
	    cmocka_unit_test(characters_are_counted),
	    cmocka_unit_test(deceiving_characters_are_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
