/*
 * Sealed identity: opens only with the right key, in its own context, and
 * unchanged.
 *
 * SPDX-License-Identifier: ISC
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <string.h>

#include "core/heap.h"
#include "core/random.h"
#include "core/seal.h"

#define CONTEXT "c906a883-bf8d-4608-b897-a2f01db8033d identity"

struct pair {
	char *public_pem;
	char *private_pem;
};

static char *
text_of(BIO *bio)
{
	char *data = NULL, *text;
	long len = BIO_get_mem_data(bio, &data);

	text = heap_text(data, (size_t)len);
	BIO_free(bio);
	return text;
}

static struct pair
pair_new(const char *group)
{
	EVP_PKEY *key = EVP_EC_gen(group);
	BIO *open = BIO_new(BIO_s_mem()), *secret = BIO_new(BIO_s_mem());

	assert_non_null(key);
	assert_int_equal(PEM_write_bio_PUBKEY(open, key), 1);
	assert_int_equal(
	    PEM_write_bio_PrivateKey(secret, key, NULL, NULL, 0, NULL, NULL),
	    1);
	EVP_PKEY_free(key);
	return (struct pair){text_of(open), text_of(secret)};
}

static void
pair_clear(struct pair *pair)
{
	heap_free(pair->public_pem);
	heap_free(pair->private_pem);
}

static void
there_and_back(void **state)
{
	struct pair pair = pair_new("P-256");
	struct seal_public *seal = NULL;
	uint8_t key[SEAL_KEY_LEN], again[SEAL_KEY_LEN];
	uint8_t wrapped[SEAL_WRAPPED_LEN], other[SEAL_WRAPPED_LEN];

	(void)state;
	assert_int_equal(
	    seal_public_load(&seal, pair.public_pem, strlen(pair.public_pem)),
	    OK);
	assert_int_equal(strlen(seal_public_epoch(seal)), 16);
	assert_int_equal(seal_key_new(key), OK);
	assert_int_equal(seal_wrap(wrapped, seal, key, CONTEXT), OK);
	assert_int_equal(seal_unwrap(again, pair.private_pem,
			     strlen(pair.private_pem), wrapped, CONTEXT),
	    OK);
	assert_memory_equal(key, again, sizeof(key));
	/* The same key never looks the same. */
	assert_int_equal(seal_wrap(other, seal, key, CONTEXT), OK);
	assert_memory_not_equal(wrapped, other, sizeof(wrapped));
	seal_public_free(seal);
	pair_clear(&pair);
}

static void
text_comes_back_the_same(void **state)
{
	uint8_t key[SEAL_KEY_LEN], sealed[128 + SEAL_OVERHEAD], out[128];
	const char *text = "{\"name\":\"Siti\",\"phone\":\"081234567890\"}";
	size_t len = strlen(text);

	(void)state;
	assert_int_equal(seal_key_new(key), OK);
	/* Nothing is a text too. */
	assert_int_equal(seal_text(sealed, key, CONTEXT, NULL, 0), OK);
	assert_int_equal(
	    seal_open(out, key, CONTEXT, sealed, SEAL_OVERHEAD), OK);
	assert_int_equal(
	    seal_text(sealed, key, CONTEXT, (const uint8_t *)text, len), OK);
	assert_null(memmem(sealed, len + SEAL_OVERHEAD, "Siti", 4));
	assert_int_equal(
	    seal_open(out, key, CONTEXT, sealed, len + SEAL_OVERHEAD), OK);
	assert_memory_equal(out, text, len);
}

static void
every_changed_byte_is_seen(void **state)
{
	struct pair pair = pair_new("P-256");
	struct seal_public *seal = NULL;
	uint8_t key[SEAL_KEY_LEN], wrapped[SEAL_WRAPPED_LEN], out[64];
	uint8_t sealed[10 + SEAL_OVERHEAD], zero[10] = {0};
	size_t at;

	(void)state;
	assert_int_equal(
	    seal_public_load(&seal, pair.public_pem, strlen(pair.public_pem)),
	    OK);
	assert_int_equal(seal_key_new(key), OK);
	assert_int_equal(seal_wrap(wrapped, seal, key, CONTEXT), OK);
	assert_int_equal(
	    seal_text(sealed, key, CONTEXT, (const uint8_t *)"0123456789", 10),
	    OK);
	for (at = 0; at < sizeof(wrapped); at++) {
		wrapped[at] ^= 1;
		assert_int_equal(
		    seal_unwrap(out, pair.private_pem, strlen(pair.private_pem),
			wrapped, CONTEXT),
		    ERR_BROKEN);
		wrapped[at] ^= 1;
	}
	for (at = 0; at < sizeof(sealed); at++) {
		sealed[at] ^= 1;
		memset(out, 'x', sizeof(out));
		assert_int_equal(
		    seal_open(out, key, CONTEXT, sealed, sizeof(sealed)),
		    ERR_BROKEN);
		assert_memory_equal(out, zero, sizeof(zero));
		sealed[at] ^= 1;
	}
	for (at = 0; at < sizeof(sealed); at++) {
		assert_int_equal(
		    seal_open(out, key, CONTEXT, sealed, at), ERR_BROKEN);
	}
	seal_public_free(seal);
	pair_clear(&pair);
}

static void
another_context_or_key_opens_nothing(void **state)
{
	struct pair pair = pair_new("P-256"), other = pair_new("P-256");
	struct seal_public *seal = NULL;
	uint8_t key[SEAL_KEY_LEN], wrapped[SEAL_WRAPPED_LEN], out[64];
	uint8_t sealed[10 + SEAL_OVERHEAD];

	(void)state;
	assert_int_equal(
	    seal_public_load(&seal, pair.public_pem, strlen(pair.public_pem)),
	    OK);
	assert_int_equal(seal_key_new(key), OK);
	assert_int_equal(seal_wrap(wrapped, seal, key, CONTEXT), OK);
	assert_int_equal(
	    seal_text(sealed, key, CONTEXT, (const uint8_t *)"0123456789", 10),
	    OK);
	assert_int_equal(seal_unwrap(out, pair.private_pem,
			     strlen(pair.private_pem), wrapped, "other"),
	    ERR_BROKEN);
	assert_int_equal(seal_unwrap(out, other.private_pem,
			     strlen(other.private_pem), wrapped, CONTEXT),
	    ERR_BROKEN);
	assert_int_equal(
	    seal_open(out, key, "other", sealed, sizeof(sealed)), ERR_BROKEN);
	key[0] ^= 1;
	assert_int_equal(
	    seal_open(out, key, CONTEXT, sealed, sizeof(sealed)), ERR_BROKEN);
	assert_int_equal(
	    seal_unwrap(out, "no key", 6, wrapped, CONTEXT), ERR_BROKEN);
	seal_public_free(seal);
	pair_clear(&pair);
	pair_clear(&other);
}

static void
only_p256_is_loaded(void **state)
{
	struct pair wrong = pair_new("P-384");
	struct seal_public *seal = NULL;

	(void)state;
	assert_int_equal(
	    seal_public_load(&seal, wrong.public_pem, strlen(wrong.public_pem)),
	    ERR_INVALID);
	assert_int_equal(seal_public_load(&seal, wrong.private_pem,
			     strlen(wrong.private_pem)),
	    ERR_INVALID);
	assert_int_equal(seal_public_load(&seal, "", 0), ERR_INVALID);
	assert_int_equal(seal_public_load(&seal, "nonsense", 8), ERR_INVALID);
	assert_null(seal);
	seal_public_free(NULL);
	pair_clear(&wrong);
}

static void
nonces_do_not_repeat(void **state)
{
	static uint8_t seen[20000][12];
	uint8_t key[SEAL_KEY_LEN], sealed[SEAL_OVERHEAD + 1];
	uint32_t at, mark[65536] = {0}, hits = 0;

	(void)state;
	assert_int_equal(seal_key_new(key), OK);
	for (at = 0; at < 20000; at++) {
		assert_int_equal(
		    seal_text(sealed, key, CONTEXT, (const uint8_t *)"x", 1),
		    OK);
		memcpy(seen[at], sealed, 12);
		/* Same first bytes happen; the rest must differ then. */
		if (mark[sealed[0] << 8 | sealed[1]] != 0) {
			hits++;
			assert_memory_not_equal(sealed,
			    seen[mark[sealed[0] << 8 | sealed[1]] - 1], 12);
		}
		mark[sealed[0] << 8 | sealed[1]] = at + 1;
	}
	assert_true(hits > 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(there_and_back),
	    cmocka_unit_test(text_comes_back_the_same),
	    cmocka_unit_test(every_changed_byte_is_seen),
	    cmocka_unit_test(another_context_or_key_opens_nothing),
	    cmocka_unit_test(only_p256_is_loaded),
	    cmocka_unit_test(nonces_do_not_repeat),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
