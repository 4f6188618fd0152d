/*
 * Tokens of Open311: what was given comes back, nothing else does.
 *
 * SPDX-License-Identifier: ISC
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "auth/request_token.h"

#define ID "0f1e2d3c-4b5a-4978-8796-a5b4c3d2e1f0"

static void
a_token_stands_for_its_report(void **state)
{
	static const uint8_t root[KEYS_LEN] = {1}, other_root[KEYS_LEN] = {2};
	struct keys *keys = keys_new(root), *other = keys_new(other_root);
	char token[REQUEST_TOKEN_LEN + 1], bad[REQUEST_TOKEN_LEN + 2];
	char id[UUID_LEN + 1];
	size_t i;

	(void)state;
	request_token_encode(token, keys, ID);
	assert_int_equal(strlen(token), REQUEST_TOKEN_LEN);
	assert_int_equal(request_token_decode(id, keys, token), OK);
	assert_string_equal(id, ID);
	assert_int_equal(request_token_decode(id, other, token), ERR_NOT_FOUND);
	for (i = 0; i < REQUEST_TOKEN_LEN; i++) {
		memcpy(bad, token, sizeof(token));
		bad[i] = bad[i] == 'A' ? 'B' : 'A';
		assert_int_equal(
		    request_token_decode(id, keys, bad), ERR_NOT_FOUND);
		memcpy(bad, token, i);
		bad[i] = '\0';
		assert_int_equal(
		    request_token_decode(id, keys, bad), ERR_NOT_FOUND);
	}
	memcpy(bad, token, sizeof(token));
	bad[REQUEST_TOKEN_LEN] = 'A';
	bad[REQUEST_TOKEN_LEN + 1] = '\0';
	assert_int_equal(request_token_decode(id, keys, bad), ERR_NOT_FOUND);
	assert_int_equal(request_token_decode(id, keys, ID), ERR_NOT_FOUND);
	keys_free(keys);
	keys_free(other);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_token_stands_for_its_report),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
