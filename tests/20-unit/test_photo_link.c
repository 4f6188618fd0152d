/*
 * Links to photos: made here alone, for a minute.
 *
 * SPDX-License-Identifier: ISC
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "auth/photo_link.h"

#define PHOTO "0b1c2d3e-4f50-4a6b-8c7d-8e9fa0b1c2d3"
#define NOW   INT64_C(1764000000500)

static struct keys *keys;

static int
keys_make(void **state)
{
	static const uint8_t root[KEYS_LEN] = {1};

	(void)state;
	keys = keys_new(root);
	return 0;
}

static int
keys_drop(void **state)
{
	(void)state;
	keys_free(keys);
	return 0;
}

static enum err
read_at(const char *link, int64_t now_ms)
{
	char photo[UUID_LEN + 1] = "";
	enum err err = photo_link_read(photo, keys, link, now_ms);

	if (err == OK)
		assert_string_equal(photo, PHOTO);
	return err;
}

static void
a_link_lives_a_minute(void **state)
{
	char link[PHOTO_LINK_LEN + 1];

	(void)state;
	assert_int_equal(photo_link_make(link, keys, PHOTO, NOW), OK);
	assert_int_equal(strlen(link), PHOTO_LINK_LEN);
	assert_int_equal(read_at(link, NOW), OK);
	assert_int_equal(read_at(link, NOW + 60 * 1000), OK);
	assert_int_equal(read_at(link, NOW + 61 * 1000), ERR_NOT_FOUND);
	assert_int_equal(read_at(link, NOW - 1000), ERR_NOT_FOUND);
}

static void
no_character_may_change(void **state)
{
	char link[PHOTO_LINK_LEN + 1], other[PHOTO_LINK_LEN + 1];
	size_t at;

	(void)state;
	assert_int_equal(photo_link_make(link, keys, PHOTO, NOW), OK);
	for (at = 0; at < PHOTO_LINK_LEN; at++) {
		memcpy(other, link, sizeof(other));
		other[at] = link[at] == 'A' ? 'B' : 'A';
		assert_int_equal(read_at(other, NOW), ERR_NOT_FOUND);
		memcpy(other, link, sizeof(other));
		other[at] = '\0';
		assert_int_equal(read_at(other, NOW), ERR_NOT_FOUND);
	}
}

static void
no_two_are_alike_and_no_other_key_opens_them(void **state)
{
	static const uint8_t root[KEYS_LEN] = {2};
	char link[PHOTO_LINK_LEN + 1], second[PHOTO_LINK_LEN + 1];
	char photo[UUID_LEN + 1];
	struct keys *others = keys_new(root);

	(void)state;
	assert_int_equal(photo_link_make(link, keys, PHOTO, NOW), OK);
	assert_int_equal(photo_link_make(second, keys, PHOTO, NOW), OK);
	assert_string_not_equal(link, second);
	assert_null(strstr(link, "0b1c2d3e"));
	assert_int_equal(
	    photo_link_read(photo, others, link, NOW), ERR_NOT_FOUND);
	keys_free(others);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_link_lives_a_minute),
	    cmocka_unit_test(no_character_may_change),
	    cmocka_unit_test(no_two_are_alike_and_no_other_key_opens_them),
	};

	return cmocka_run_group_tests(tests, keys_make, keys_drop);
}
