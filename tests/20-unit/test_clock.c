/*
 * Times: strict reading, one way of writing, and the library's own arithmetic
 * as the judge of ours.
 *
 * SPDX-License-Identifier: ISC
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "core/clock.h"

static void
reads(const char *text, int64_t expected)
{
	int64_t us = -1;

	assert_int_equal(clock_parse(&us, text, strlen(text)), OK);
	assert_int_equal(us, expected);
}

static void
good_times_are_read(void **state)
{
	(void)state;
	reads("1970-01-01T00:00:00Z", 0);
	reads("2026-11-24T08:06:12Z", INT64_C(1795507572000000));
	reads("2026-11-24T08:06:12.123456Z", INT64_C(1795507572123456));
	reads("2026-11-24T08:06:12.1Z", INT64_C(1795507572100000));
	reads("2026-11-24T08:06:12.123456789Z", INT64_C(1795507572123456));
	reads("2026-11-24T15:06:12+07:00", INT64_C(1795507572000000));
	reads("2026-11-24T00:36:12-07:30", INT64_C(1795507572000000));
	reads("2024-02-29T00:00:00Z", INT64_C(1709164800000000));
	reads("2016-12-31T23:59:60Z", INT64_C(1483228800000000));
	reads("9999-12-31T23:59:59.999999Z", INT64_C(253402300799999999));
}

static void
wrong_times_are_refused(void **state)
{
	static const char *const wrong[] = {"", "2026", "2026-11-24",
	    "2026-11-24T08:06:12", "2026-11-24 08:06:12Z",
	    "2026-11-24t08:06:12Z", "2026-11-24T08:06:12z", "2026-11-24T08:06Z",
	    "2026-13-24T08:06:12Z", "2026-00-24T08:06:12Z",
	    "2026-11-31T08:06:12Z", "2026-02-29T08:06:12Z",
	    "2100-02-29T08:06:12Z", "2026-11-00T08:06:12Z",
	    "2026-11-24T24:06:12Z", "2026-11-24T08:60:12Z",
	    "2026-11-24T08:06:61Z", "2026-11-24T08:06:12.Z",
	    "2026-11-24T08:06:12.1234567890Z", "2026-11-24T08:06:12,5Z",
	    "2026-11-24T08:06:12+07", "2026-11-24T08:06:12+0700",
	    "2026-11-24T08:06:12+24:00", "2026-11-24T08:06:12+07:60",
	    "2026-11-24T08:06:12ZZ", "2026-11-24T08:06:12Z ",
	    " 2026-11-24T08:06:12Z", "26-11-24T08:06:12Z",
	    "12026-11-24T08:06:12Z", "1969-12-31T23:59:59Z",
	    "1970-01-01T00:00:00+00:01", "9999-12-31T23:59:60Z",
	    "9999-12-31T23:59:59-00:01", "-026-11-24T08:06:12Z",
	    "+026-11-24T08:06:12Z"};
	int64_t us = 42;
	size_t at;

	(void)state;
	for (at = 0; at < sizeof(wrong) / sizeof(wrong[0]); at++) {
		assert_int_equal(clock_parse(&us, wrong[at], strlen(wrong[at])),
		    ERR_MALFORMED);
	}
	assert_int_equal(
	    clock_parse(&us, "2026-11-24T08:06:12Z\0", 21), ERR_MALFORMED);
	assert_int_equal(us, 42);
}

static void
writes_as_the_library_does(void **state)
{
	char text[CLOCK_TEXT_LEN + 1], expected[64];
	int64_t s, us;

	(void)state;
	for (s = 0; s < INT64_C(253402300799); s += INT64_C(86413 * 37)) {
		struct tm tm;
		time_t when = (time_t)s;

		assert_non_null(gmtime_r(&when, &tm));
		(void)strftime(
		    expected, sizeof(expected), "%Y-%m-%dT%H:%M:%SZ", &tm);
		assert_int_equal(clock_format(text, s * 1000000), 20);
		assert_string_equal(text, expected);
		assert_int_equal(clock_parse(&us, text, 20), OK);
		assert_int_equal(us, s * 1000000);
	}
	assert_int_equal(clock_format(text, 1), 27);
	assert_string_equal(text, "1970-01-01T00:00:00.000001Z");
}

static void
http_dates_as_the_library_does(void **state)
{
	char text[CLOCK_HTTP_DATE_LEN + 1], expected[64];
	int64_t s;

	(void)state;
	for (s = 0; s < INT64_C(4102444800); s += INT64_C(86399 * 3)) {
		struct tm tm;
		time_t when = (time_t)s;

		assert_non_null(gmtime_r(&when, &tm));
		(void)strftime(expected, sizeof(expected),
		    "%a, %d %b %Y %H:%M:%S GMT", &tm);
		clock_http_date(text, s * 1000 + 999);
		assert_string_equal(text, expected);
	}
}

static void
database_is(const char *text, const char *expected)
{
	char out[CLOCK_TEXT_LEN + 1];

	assert_int_equal(clock_from_database(out, text, strlen(text)), OK);
	assert_string_equal(out, expected);
}

static void
database_times_become_rfc3339(void **state)
{
	static const char *const wrong[] = {"infinity", "-infinity", "",
	    "2026-11-24", "2026-11-24 08:06:12", "0044-03-15 12:00:00+00 BC",
	    "2026-11-24T08:06:12+00", "2026-11-24 08:06:12+00x",
	    "24/11/2026 08:06:12 UTC", "10000-01-01 00:00:00+00"};
	char out[CLOCK_TEXT_LEN + 1];
	size_t at;

	(void)state;
	database_is(
	    "2026-11-24 08:06:12.123456+00", "2026-11-24T08:06:12.123456Z");
	database_is("2026-11-24 08:06:12.12+00", "2026-11-24T08:06:12.120000Z");
	database_is("2026-11-24 08:06:12+00", "2026-11-24T08:06:12Z");
	database_is("2026-11-24 15:06:12+07", "2026-11-24T08:06:12Z");
	database_is("2026-11-24 02:36:12-05:30", "2026-11-24T08:06:12Z");
	for (at = 0; at < sizeof(wrong) / sizeof(wrong[0]); at++) {
		assert_int_equal(
		    clock_from_database(out, wrong[at], strlen(wrong[at])),
		    ERR_BROKEN);
	}
}

static void
clocks_run(void **state)
{
	int64_t before = clock_mono_ms();

	(void)state;
	assert_true(clock_now_ms() > INT64_C(1700000000000));
	assert_true(clock_mono_ms() >= before);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(good_times_are_read),
	    cmocka_unit_test(wrong_times_are_refused),
	    cmocka_unit_test(writes_as_the_library_does),
	    cmocka_unit_test(http_dates_as_the_library_does),
	    cmocka_unit_test(database_times_become_rfc3339),
	    cmocka_unit_test(clocks_run),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
