/*
 * Passwords: the stored string against an independent scrypt, equal work for
 * unknown accounts, and the rules.
 *
 * SPDX-License-Identifier: ISC
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <openssl/evp.h>
#include <string.h>
#include <time.h>

#include "auth/password.h"
#include "core/base64.h"
#include "core/hash.h"

static const uint8_t root[KEYS_LEN] = {7};
static struct keys *keys;

static int
setup(void **state)
{
	(void)state;
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

/* RFC 7914 section 12, so that OpenSSL's scrypt is the judge we think. */
static void
scrypt_vector(void **state)
{
	static const uint8_t expected[16] = {0x70, 0x23, 0xbd, 0xcb, 0x3a, 0xfd,
	    0x73, 0x48, 0x46, 0x1c, 0x06, 0xcd, 0x81, 0xfd, 0x38, 0xeb};
	uint8_t out[64];

	(void)state;
	assert_int_equal(EVP_PBE_scrypt("pleaseletmein", 13,
			     (const uint8_t *)"SodiumChloride", 14, 16384, 8, 1,
			     UINT64_C(64) << 20, out, sizeof(out)),
	    1);
	assert_memory_equal(out, expected, sizeof(expected));
}

static void
the_stored_string_is_what_it_says(void **state)
{
	const char *password = "mangga dua besar sekali";
	char stored[PASSWORD_STORED_SIZE], expected[64];
	uint8_t salt[16], peppered[HASH_LEN], hash[32];
	size_t len;

	(void)state;
	password_hash(stored, keys, password, strlen(password));
	assert_int_equal(strlen(stored), PASSWORD_STORED_SIZE - 1);
	assert_memory_equal(stored, "scrypt$15$8$1$", 14);
	assert_int_equal(base64_decode(salt, &len, 16, stored + 14, 22), OK);
	hash_hmac(peppered, keys_get(keys, KEYS_PEPPER), KEYS_LEN, password,
	    strlen(password));
	assert_int_equal(EVP_PBE_scrypt((const char *)peppered,
			     sizeof(peppered), salt, sizeof(salt), 32768, 8, 1,
			     UINT64_C(64) << 20, hash, sizeof(hash)),
	    1);
	(void)base64_encode(expected, hash, sizeof(hash));
	assert_string_equal(stored + 14 + 22 + 1, expected);
}

static void
only_the_password_opens(void **state)
{
	const char *password = "mangga dua besar sekali";
	char one[PASSWORD_STORED_SIZE], other[PASSWORD_STORED_SIZE];
	static const uint8_t other_root[KEYS_LEN] = {8};
	struct keys *other_keys = keys_new(other_root);

	(void)state;
	password_hash(one, keys, password, strlen(password));
	password_hash(other, keys, password, strlen(password));
	assert_string_not_equal(one, other);
	assert_int_equal(
	    password_verify(keys, one, password, strlen(password)), OK);
	assert_int_equal(
	    password_verify(keys, one, password, strlen(password) - 1),
	    ERR_UNAUTHENTICATED);
	assert_int_equal(
	    password_verify(keys, one, "", 0), ERR_UNAUTHENTICATED);
	/* The database alone is not enough: the pepper is elsewhere. */
	assert_int_equal(
	    password_verify(other_keys, one, password, strlen(password)),
	    ERR_UNAUTHENTICATED);
	keys_free(other_keys);
}

static void
other_strings_are_broken(void **state)
{
	char stored[PASSWORD_STORED_SIZE];
	static const char *const wrong[] = {"", "scrypt", "x", "$2b$12$abc",
	    "scrypt$15$8$1$",
	    "scrypt$14$8$1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAA"
	    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"};
	size_t at;

	(void)state;
	for (at = 0; at < sizeof(wrong) / sizeof(wrong[0]); at++) {
		assert_int_equal(
		    password_verify(keys, wrong[at], "x", 1), ERR_BROKEN);
	}
	password_hash(stored, keys, "x", 1);
	stored[14] = '!';
	assert_int_equal(password_verify(keys, stored, "x", 1), ERR_BROKEN);
	password_hash(stored, keys, "x", 1);
	stored[36] = '.';
	assert_int_equal(password_verify(keys, stored, "x", 1), ERR_BROKEN);
}

static double
cpu_ms(const char *stored)
{
	struct timespec from, to;
	int at;

	(void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &from);
	for (at = 0; at < 5; at++) {
		assert_int_equal(password_verify(keys, stored, "wrong", 5),
		    ERR_UNAUTHENTICATED);
	}
	(void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &to);
	return (double)(to.tv_sec - from.tv_sec) * 1e3 +
	    (double)(to.tv_nsec - from.tv_nsec) / 1e6;
}

static void
unknown_accounts_cost_the_same(void **state)
{
	char stored[PASSWORD_STORED_SIZE];
	double known, unknown;

	(void)state;
	password_hash(stored, keys, "right", 5);
	known = cpu_ms(stored);
	unknown = cpu_ms(NULL);
	/* Same work; the bounds only allow for a busy machine. */
	assert_true(unknown > known / 2 && unknown < known * 2);
}

struct trial {
	enum password_flaw flaw;
	bool has_totp;
	const char *password;
};

static void
rules_hold(void **state)
{
	static const struct trial trials[] = {
	    {PASSWORD_FINE, false, "mangga dua besar sekali"},
	    {PASSWORD_FINE, false, "correct horse battery staple"},
	    {PASSWORD_FINE, false, "kucing makan ikan bakar"},
	    {PASSWORD_FINE, false, "x8#Kq2!vLm9@Wp4z"},
	    {PASSWORD_FINE, true, "x8#Kq2!v"},
	    {PASSWORD_FINE, false,
		"\xe3\x81\x82\xe3\x81\x84\xe3\x81\x86\xe3\x81\x88\xe3\x81\x8a"
		"\xe3\x81\x8b\xe3\x81\x8d\xe3\x81\x8f\xe3\x81\x91\xe3\x81\x93"
		"\xe3\x81\x95\xe3\x81\x97\xe3\x81\x99\xe3\x81\x9b\xe3\x81\x9d"},
	    {PASSWORD_SHORT, false, ""},
	    {PASSWORD_SHORT, false, "x8#Kq2!vLm9@Wp"},
	    {PASSWORD_SHORT, true, "x8#Kq2!"},
	    /* 14 characters of three bytes are still 14. */
	    {PASSWORD_SHORT, false,
		"\xe3\x81\x82\xe3\x81\x84\xe3\x81\x86\xe3\x81\x88\xe3\x81\x8a"
		"\xe3\x81\x8b\xe3\x81\x8d\xe3\x81\x8f\xe3\x81\x91\xe3\x81\x93"
		"\xe3\x81\x95\xe3\x81\x97\xe3\x81\x99\xe3\x81\x9b"},
	    {PASSWORD_NOT_TEXT, false, "abcdefghijklmnop\xff"},
	    {PASSWORD_NOT_TEXT, false, "mangga\tdua besar sekali"},
	    {PASSWORD_NOT_TEXT, false,
		"mangga\x01"
		"dua besar sekali"},
	    {PASSWORD_COMMON, false, "passwordpassword"},
	    {PASSWORD_COMMON, false, "Password1234567!"},
	    {PASSWORD_COMMON, false, "p4ssw0rdp4ssw0rd"},
	    {PASSWORD_COMMON, false, "jakartajakarta1945"},
	    {PASSWORD_COMMON, false, "JakartaTimur2026!!"},
	    {PASSWORD_COMMON, false, "kelurahan klender"},
	    {PASSWORD_COMMON, false, "aaaaaaaaaaaaaaaaaa"},
	    {PASSWORD_COMMON, false, "123456789012345"},
	    {PASSWORD_COMMON, false, "987654321098765"},
	    {PASSWORD_COMMON, false, "abcdefghijklmnop"},
	    {PASSWORD_COMMON, false, "qwertyuiopasdfghjkl"},
	    {PASSWORD_COMMON, false, "ababababababababab"},
	    {PASSWORD_COMMON, true, "jakarta1"},
	    {PASSWORD_COMMON, true, "admin123"},
	};
	char longest[3 * 129];
	size_t at;

	(void)state;
	for (at = 0; at < sizeof(trials) / sizeof(trials[0]); at++) {
		enum password_flaw flaw = password_check(trials[at].password,
		    strlen(trials[at].password), trials[at].has_totp);

		if (flaw != trials[at].flaw)
			print_error("%s: %s\n", trials[at].password,
			    password_flaw_code(flaw));
		assert_int_equal(flaw, trials[at].flaw);
	}
	for (at = 0; at < sizeof(longest); at += 3)
		memcpy(longest + at,
		    "\xe3\x81\x82\xe3\x81\x93\xe3\x81\x95" + at % 9, 3);
	assert_int_not_equal(
	    password_check(longest, 384, false), PASSWORD_LONG);
	assert_int_equal(password_check(longest, 387, false), PASSWORD_LONG);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(scrypt_vector),
	    cmocka_unit_test(the_stored_string_is_what_it_says),
	    cmocka_unit_test(only_the_password_opens),
	    cmocka_unit_test(other_strings_are_broken),
	    cmocka_unit_test(unknown_accounts_cost_the_same),
	    cmocka_unit_test(rules_hold),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
