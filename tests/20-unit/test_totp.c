/*
 * One-time codes: RFC 6238 appendix B and RFC 4226 appendix D, the window,
 * single use, sealing.
 *
 * SPDX-License-Identifier: ISC
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "auth/totp.h"

static const uint8_t secret[TOTP_SECRET_LEN] = "12345678901234567890";

static void
rfc_vectors(void **state)
{
	/* RFC 4226: counters 0 to 9. */
	static const char *const codes[] = {"755224", "287082", "359152",
	    "969429", "338314", "254676", "287922", "162583", "399871",
	    "520489"};
	/* RFC 6238: last six of the eight digits. */
	static const struct {
		int64_t time_s;
		const char *code;
	} times[] = {{59, "287082"}, {1111111109, "081804"},
	    {1111111111, "050471"}, {1234567890, "005924"},
	    {2000000000, "279037"}, {INT64_C(20000000000), "353130"}};
	char code[TOTP_DIGITS + 1];
	int64_t at;

	(void)state;
	for (at = 0; at < 10; at++) {
		totp_code(code, secret, at);
		assert_string_equal(code, codes[at]);
	}
	for (at = 0; at < 6; at++) {
		totp_code(code, secret, totp_step(times[at].time_s * 1000));
		assert_string_equal(code, times[at].code);
	}
}

static void
base32_vectors(void **state)
{
	uint8_t other[TOTP_SECRET_LEN];
	char text[TOTP_BASE32_LEN + 1];

	(void)state;
	totp_base32(text, secret);
	assert_string_equal(text, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
	memset(other, 0xff, sizeof(other));
	totp_base32(text, other);
	assert_string_equal(text, "77777777777777777777777777777777");
}

static enum err
check(int64_t *step, const char *code, int64_t now_s, int64_t last_step)
{
	return totp_check(
	    step, secret, code, strlen(code), now_s * 1000, last_step);
}

static void
the_window_is_one_step(void **state)
{
	/* The code of step 1: seconds 30 to 59. */
	int64_t step = -1;

	(void)state;
	assert_int_equal(check(&step, "287082", 45, -1), OK);
	assert_int_equal(step, 1);
	assert_int_equal(check(&step, "287082", 0, -1), OK);
	assert_int_equal(check(&step, "287082", 89, -1), OK);
	assert_int_equal(check(&step, "287082", 90, -1), ERR_UNAUTHENTICATED);
	assert_int_equal(check(&step, "755224", 60, -1), ERR_UNAUTHENTICATED);
}

static void
a_step_counts_once(void **state)
{
	int64_t step = -1;

	(void)state;
	assert_int_equal(check(&step, "287082", 45, 0), OK);
	assert_int_equal(check(&step, "287082", 45, 1), ERR_UNAUTHENTICATED);
	assert_int_equal(check(&step, "755224", 45, 1), ERR_UNAUTHENTICATED);
	assert_int_equal(check(&step, "359152", 45, 1), OK);
	assert_int_equal(step, 2);
}

static void
only_six_digits(void **state)
{
	int64_t step = -1;

	(void)state;
	assert_int_equal(check(&step, "", 45, -1), ERR_UNAUTHENTICATED);
	assert_int_equal(check(&step, "28708", 45, -1), ERR_UNAUTHENTICATED);
	assert_int_equal(check(&step, "2870820", 45, -1), ERR_UNAUTHENTICATED);
	assert_int_equal(check(&step, "28708 ", 45, -1), ERR_UNAUTHENTICATED);
	assert_int_equal(check(&step, "287083", 45, -1), ERR_UNAUTHENTICATED);
	assert_int_equal(step, -1);
}

static void
secrets_are_sealed(void **state)
{
	static const uint8_t root[KEYS_LEN] = {5};
	struct keys *keys = keys_new(root);
	uint8_t one[TOTP_SECRET_LEN], out[TOTP_SECRET_LEN];
	uint8_t sealed[TOTP_SEALED_LEN];

	(void)state;
	totp_secret_new(one);
	assert_int_equal(totp_seal(sealed, keys, "account-1", one), OK);
	assert_int_equal(
	    totp_open(out, keys, "account-1", sealed, sizeof(sealed)), OK);
	assert_memory_equal(one, out, sizeof(out));
	assert_int_equal(
	    totp_open(out, keys, "account-2", sealed, sizeof(sealed)),
	    ERR_BROKEN);
	assert_int_equal(
	    totp_open(out, keys, "account-1", sealed, sizeof(sealed) - 1),
	    ERR_BROKEN);
	sealed[20] ^= 1;
	assert_int_equal(
	    totp_open(out, keys, "account-1", sealed, sizeof(sealed)),
	    ERR_BROKEN);
	keys_free(keys);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(rfc_vectors),
	    cmocka_unit_test(base32_vectors),
	    cmocka_unit_test(the_window_is_one_step),
	    cmocka_unit_test(a_step_counts_once),
	    cmocka_unit_test(only_six_digits),
	    cmocka_unit_test(secrets_are_sealed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
