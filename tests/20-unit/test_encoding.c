/*
 * base64url, hexadecimal, UUIDs: one spelling each.
 *
 * SPDX-License-Identifier: ISC
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/base64.h"
#include "core/hex.h"
#include "core/random.h"
#include "core/uuid.h"

/* RFC 4648 section 10, without the padding. */
static const struct {
	const char *plain;
	const char *text;
} vectors[] = {{"", ""}, {"f", "Zg"}, {"fo", "Zm8"}, {"foo", "Zm9v"},
    {"foob", "Zm9vYg"}, {"fooba", "Zm9vYmE"}, {"foobar", "Zm9vYmFy"},
    {"\xfb\xff\xbf", "-_-_"}};

static void
base64_vectors(void **state)
{
	char text[32];
	uint8_t bytes[32];
	size_t at, len;

	(void)state;
	for (at = 0; at < sizeof(vectors) / sizeof(vectors[0]); at++) {
		const char *plain = vectors[at].plain;

		len = base64_encode(text, plain, strlen(plain));
		assert_string_equal(text, vectors[at].text);
		assert_int_equal(len, strlen(text));
		assert_int_equal(len, BASE64_LEN(strlen(plain)));
		assert_int_equal(base64_decode(bytes, &len, sizeof(bytes), text,
				     strlen(text)),
		    OK);
		assert_int_equal(len, strlen(plain));
		assert_memory_equal(bytes, plain, len);
	}
}

static void
base64_refuses(void **state)
{
	static const char *const wrong[] = {"Z", "Zg==", "Zg=", "Zh", "Zm9",
	    "Zm9vZ", "Zm 9", "Zm9v\n", "Zm+v", "Zm/v", "Zm9v=", "\xc3\xa9zz",
	    "Zm9vYmEA="};
	uint8_t bytes[32];
	size_t at, len = 7;

	(void)state;
	for (at = 0; at < sizeof(wrong) / sizeof(wrong[0]); at++) {
		assert_int_equal(base64_decode(bytes, &len, sizeof(bytes),
				     wrong[at], strlen(wrong[at])),
		    ERR_MALFORMED);
	}
	assert_int_equal(len, 7);
	assert_int_equal(
	    base64_decode(bytes, &len, 2, "Zm9v", 4), ERR_MALFORMED);
	assert_int_equal(base64_decode(bytes, &len, 3, "Zm9v", 4), OK);
	assert_int_equal(
	    base64_decode(bytes, &len, 32, "Zm\0v", 4), ERR_MALFORMED);
}

static void
hex_both_ways(void **state)
{
	uint8_t bytes[4];
	char text[9];

	(void)state;
	hex_encode(text, "\x00\x9f\xA5\xff", 4);
	assert_string_equal(text, "009fa5ff");
	assert_int_equal(hex_decode(bytes, 4, "009FA5fF", 8), OK);
	assert_memory_equal(bytes, "\x00\x9f\xA5\xff", 4);
	assert_int_equal(hex_decode(bytes, 4, "009fa5f", 7), ERR_MALFORMED);
	assert_int_equal(hex_decode(bytes, 3, "009fa5ff", 8), ERR_MALFORMED);
	assert_int_equal(hex_decode(bytes, 4, "009fa5fg", 8), ERR_MALFORMED);
	assert_int_equal(hex_decode(bytes, 0, "", 0), OK);
}

static void
uuids_are_random_and_strict(void **state)
{
	char one[UUID_LEN + 1], other[UUID_LEN + 1];
	int at;

	(void)state;
	for (at = 0; at < 1000; at++) {
		uuid_new(one);
		uuid_new(other);
		assert_string_not_equal(one, other);
		assert_true(uuid_is_valid(one, strlen(one)));
		assert_int_equal(one[14], '4');
		assert_non_null(strchr("89ab", one[19]));
	}
	assert_false(uuid_is_valid(one, UUID_LEN - 1));
	assert_false(uuid_is_valid("C906A883-BF8D-4608-B897-A2F01DB8033D", 36));
	assert_false(uuid_is_valid("c906a883-bf8d-4608-b897-a2f01db8033g", 36));
	assert_false(
	    uuid_is_valid("c906a883bf8d-4608-b897-a2f01db8033d0-", 36));
	assert_true(uuid_is_valid("c906a883-bf8d-4608-b897-a2f01db8033d", 36));
}

static void
random_numbers_stay_below(void **state)
{
	bool seen[10] = {false};
	int at;

	(void)state;
	for (at = 0; at < 1000; at++) {
		uint32_t number = random_below(10);

		assert_true(number < 10);
		seen[number] = true;
	}
	for (at = 0; at < 10; at++)
		assert_true(seen[at]);
	assert_int_equal(random_below(1), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(base64_vectors),
	    cmocka_unit_test(base64_refuses),
	    cmocka_unit_test(hex_both_ways),
	    cmocka_unit_test(uuids_are_random_and_strict),
	    cmocka_unit_test(random_numbers_stay_below),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
