/*
 * A buffer knows its maximum when it is born.
 *
 * SPDX-License-Identifier: ISC
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/buf.h"

static void
says(const struct buf *buf, const char *text)
{
	assert_int_equal(buf->len, strlen(text));
	assert_memory_equal(buf->data, text, buf->len);
}

static void
puts_follow_each_other(void **state)
{
	struct buf buf;

	(void)state;
	buf_init(&buf, 100);
	buf_text(&buf, "a");
	buf_byte(&buf, 'b');
	buf_put(&buf, "cde", 2);
	buf_put(&buf, NULL, 0);
	buf_int(&buf, 42);
	says(&buf, "abcd42");
	assert_false(buf.failed);
	buf_clear(&buf);
	buf_text(&buf, "again");
	says(&buf, "again");
	buf_clear(&buf);
}

static void
numbers_of_every_size(void **state)
{
	struct buf buf;

	(void)state;
	buf_init(&buf, 200);
	buf_int(&buf, 0);
	buf_byte(&buf, ' ');
	buf_int(&buf, -1);
	buf_byte(&buf, ' ');
	buf_int(&buf, INT64_MAX);
	buf_byte(&buf, ' ');
	buf_int(&buf, INT64_MIN);
	says(&buf, "0 -1 9223372036854775807 -9223372036854775808");
	buf_clear(&buf);
}

static void
the_maximum_is_exact(void **state)
{
	struct buf buf;

	(void)state;
	buf_init(&buf, 5);
	buf_text(&buf, "12345");
	assert_false(buf.failed);
	buf_byte(&buf, '6');
	assert_true(buf.failed);
	says(&buf, "12345");
	buf_reset(&buf);
	buf_text(&buf, "ok");
	says(&buf, "ok");
	assert_false(buf.failed);
	buf_clear(&buf);
}

static void
a_failed_buffer_stays_failed(void **state)
{
	struct buf buf;

	(void)state;
	buf_init(&buf, 10);
	buf_text(&buf, "12345678");
	buf_text(&buf, "too long");
	buf_byte(&buf, 'x');
	assert_true(buf.failed);
	says(&buf, "12345678");
	buf_put(&buf, "x", SIZE_MAX);
	assert_true(buf.failed);
	buf_clear(&buf);
}

static void
it_grows_to_the_maximum(void **state)
{
	struct buf buf;
	size_t at;

	(void)state;
	buf_init(&buf, 100000);
	for (at = 0; at < 100000; at++)
		buf_byte(&buf, (uint8_t)at);
	assert_false(buf.failed);
	assert_true(buf.size <= 100000);
	for (at = 0; at < 100000; at++)
		assert_int_equal(buf.data[at], at & 0xff);
	buf_byte(&buf, 0);
	assert_true(buf.failed);
	buf_clear(&buf);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(puts_follow_each_other),
	    cmocka_unit_test(numbers_of_every_size),
	    cmocka_unit_test(the_maximum_is_exact),
	    cmocka_unit_test(a_failed_buffer_stays_failed),
	    cmocka_unit_test(it_grows_to_the_maximum),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
