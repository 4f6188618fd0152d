/*
 * SHA-256 (FIPS 180-2), HMAC (RFC 4231), HKDF (RFC 5869).
 *
 * SPDX-License-Identifier: ISC
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/hash.h"
#include "core/hex.h"

static void
is_hex(const uint8_t *bytes, size_t len, const char *expected)
{
	char text[200];

	hex_encode(text, bytes, len);
	assert_string_equal(text, expected);
}

static void
sha256_vectors(void **state)
{
	uint8_t out[HASH_LEN];
	struct hash *hash;
	int at;

	(void)state;
	hash_sha256(out, "abc", 3);
	is_hex(out, HASH_LEN,
	    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9c"
	    "b410ff61f20015ad");
	hash_sha256(out, NULL, 0);
	is_hex(out, HASH_LEN,
	    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934c"
	    "a495991b7852b855");
	/* A million times "a", piece by piece. */
	hash = hash_new();
	for (at = 0; at < 100000; at++)
		hash_add(hash, "aaaaaaaaaa", 10);
	hash_end(out, hash);
	is_hex(out, HASH_LEN,
	    "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e"
	    "046d39ccc7112cd0");
	hash_free(hash_new());
	hash_free(NULL);
}

static void
hmac_vectors(void **state)
{
	uint8_t out[HASH_LEN], key[131];

	(void)state;
	memset(key, 0x0b, 20);
	hash_hmac(out, key, 20, "Hi There", 8);
	is_hex(out, HASH_LEN,
	    "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da7"
	    "26e9376c2e32cff7");
	hash_hmac(out, "Jefe", 4, "what do ya want for nothing?", 28);
	is_hex(out, HASH_LEN,
	    "5bdcc146bf60754e6a042426089575c75a003f089d273983"
	    "9dec58b964ec3843");
	memset(key, 0xaa, 131);
	hash_hmac(out, key, 131,
	    "Test Using Larger Than Block-Size Key - Hash Key First", 54);
	is_hex(out, HASH_LEN,
	    "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c514"
	    "0546040f0ee37f54");
	/* Nothing under nothing. */
	hash_hmac(out, NULL, 0, NULL, 0);
	is_hex(out, HASH_LEN,
	    "b613679a0814d9ec772f95d778c35fc5ff1697c493715653"
	    "c6c712144292c5ad");
}

static void
hkdf_vectors(void **state)
{
	uint8_t key[22], salt[13], out[42];

	(void)state;
	memset(key, 0x0b, sizeof(key));
	assert_int_equal(
	    hex_decode(salt, 13, "000102030405060708090a0b0c", 26), OK);
	hash_hkdf(out, 42, key, 22, salt, 13,
	    "\xf0\xf1\xf2\xf3\xf4\xf5\xf6\xf7\xf8\xf9");
	is_hex(out, 42,
	    "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d"
	    "56ecc4c5bf34007208d5b887185865");
	hash_hkdf(out, 42, key, 22, NULL, 0, "");
	is_hex(out, 42,
	    "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e"
	    "5f3c738d2d9d201395faa4b61a96c8");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(sha256_vectors),
	    cmocka_unit_test(hmac_vectors),
	    cmocka_unit_test(hkdf_vectors),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
