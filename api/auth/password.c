/*
 * The stored string, scrypt behind it, and what a password may not be.
 *
 * SPDX-License-Identifier: ISC
 */
#include "auth/password.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <string.h>

#include "core/base64.h"
#include "core/check.h"
#include "core/hash.h"
#include "core/random.h"
#include "core/utf8.h"

#define PASSWORD_PREFIX     "scrypt$15$8$1$"
#define PASSWORD_PREFIX_LEN (sizeof(PASSWORD_PREFIX) - 1)
#define PASSWORD_SALT_LEN   16
#define PASSWORD_HASH_LEN   32
#define PASSWORD_MEMORY_MAX (UINT64_C(48) * 1024 * 1024)

#define PASSWORD_CHARS_MIN      15
#define PASSWORD_CHARS_MIN_TOTP 8
#define PASSWORD_CHARS_MAX      128
/* So many letters beside listed words do not make it a good one. */
#define PASSWORD_OWN_LETTERS_MIN 4

_Static_assert(PASSWORD_PREFIX_LEN + BASE64_LEN(PASSWORD_SALT_LEN) + 1 +
	    BASE64_LEN(PASSWORD_HASH_LEN) + 1 ==
	PASSWORD_STORED_SIZE,
    "a stored password has the declared length");

static const char *const words[] = {
#define W(word) word,
#include "auth/password_words.def"
#undef W
};

static const char *const flaw_codes[PASSWORD_FLAW__COUNT] = {
    [PASSWORD_FINE] = "fine",
    [PASSWORD_NOT_TEXT] = "not_text",
    [PASSWORD_SHORT] = "too_short",
    [PASSWORD_LONG] = "too_long",
    [PASSWORD_COMMON] = "too_common",
};

const char *
password_flaw_code(enum password_flaw flaw)
{
	must(
	    (unsigned)flaw < PASSWORD_FLAW__COUNT, "a flaw is one of the list");
	return flaw_codes[flaw];
}

/* The letter a byte stands for, or 0 for what does not count. */
static char
letter_of(uint8_t byte)
{
	static const char from[] = "01345789@$!", to[] = "oieastbgasi";
	const char *found;

	if (byte >= 'A' && byte <= 'Z')
		return (char)(byte + 'a' - 'A');
	if (byte >= 'a' && byte <= 'z')
		return (char)byte;
	/* Other scripts count, whatever they say. */
	if (byte >= 0x80)
		return '?';
	found = byte == 0 ? NULL : strchr(from, byte);
	return found == NULL ? 0 : to[found - from];
}

/* Fewest letters left over when listed words are cut out. */
static size_t
own_letters(const char *letters, size_t len)
{
	/* best[n]: of the first n letters. */
	size_t best[PASSWORD_BYTES_MAX + 1], at, word;

	best[0] = 0;
	for (at = 1; at <= len; at++) {
		best[at] = best[at - 1] + 1;
		for (word = 0; word < sizeof(words) / sizeof(words[0]);
		     word++) {
			size_t word_len = strlen(words[word]);

			if (word_len > at || best[at - word_len] >= best[at])
				continue;
			if (memcmp(letters + at - word_len, words[word],
				word_len) == 0)
				best[at] = best[at - word_len];
		}
	}
	return best[len];
}

/* Mostly the same character, the next or the one before: aaaa, 4567, dcba. */
static bool
is_sequence(const uint8_t *byte, size_t len)
{
	size_t at, steps = 0;

	for (at = 1; at < len; at++) {
		int step = byte[at] - byte[at - 1];

		steps += (step >= -1 && step <= 1) || step == 9 || step == -9;
	}
	return steps * 4 >= (len - 1) * 3;
}

static bool
is_common(const uint8_t *byte, size_t len)
{
	char letters[PASSWORD_BYTES_MAX], plain[PASSWORD_BYTES_MAX];
	size_t at, count = 0, plain_count = 0, distinct = 0;
	bool seen[256] = {false};

	for (at = 0; at < len; at++) {
		distinct += !seen[byte[at]];
		seen[byte[at]] = true;
		if (letter_of(byte[at]) == 0)
			continue;
		letters[count++] = letter_of(byte[at]);
		/* jakarta1945: the digits are no letters, but a tail. */
		if (byte[at] < '0' || byte[at] > '9')
			plain[plain_count++] = letter_of(byte[at]);
	}
	return distinct < 5 || is_sequence(byte, len) ||
	    own_letters(letters, count) < PASSWORD_OWN_LETTERS_MIN ||
	    (plain_count > 0 &&
		own_letters(plain, plain_count) < PASSWORD_OWN_LETTERS_MIN &&
		plain_count * 2 > len);
}

enum password_flaw
password_check(const char *password, size_t len, bool has_totp)
{
	size_t chars, min;

	if (len > PASSWORD_BYTES_MAX)
		return PASSWORD_LONG;
	if (!utf8_is_valid(password, len) ||
	    utf8_find(password, len, UTF8_CONTROL | UTF8_LINE) != len)
		return PASSWORD_NOT_TEXT;
	min = has_totp ? PASSWORD_CHARS_MIN_TOTP : PASSWORD_CHARS_MIN;
	chars = utf8_count(password, len);
	if (chars < min)
		return PASSWORD_SHORT;
	if (chars > PASSWORD_CHARS_MAX)
		return PASSWORD_LONG;
	if (is_common((const uint8_t *)password, len))
		return PASSWORD_COMMON;
	return PASSWORD_FINE;
}

static void
derive(uint8_t out[PASSWORD_HASH_LEN], const struct keys *keys,
    const char *password, size_t len, const uint8_t salt[PASSWORD_SALT_LEN])
{
	uint8_t peppered[HASH_LEN], salt_copy[PASSWORD_SALT_LEN];
	uint64_t n = UINT64_C(1) << 15, memory = PASSWORD_MEMORY_MAX;
	uint32_t r = 8, p = 1;
	EVP_KDF *kdf = EVP_KDF_fetch(NULL, "SCRYPT", NULL);
	EVP_KDF_CTX *ctx = EVP_KDF_CTX_new(kdf);
	OSSL_PARAM params[7];

	hash_hmac(
	    peppered, keys_get(keys, KEYS_PEPPER), KEYS_LEN, password, len);
	memcpy(salt_copy, salt, sizeof(salt_copy));
	params[0] = OSSL_PARAM_construct_octet_string(
	    OSSL_KDF_PARAM_PASSWORD, peppered, sizeof(peppered));
	params[1] = OSSL_PARAM_construct_octet_string(
	    OSSL_KDF_PARAM_SALT, salt_copy, sizeof(salt_copy));
	params[2] = OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_N, &n);
	params[3] = OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_R, &r);
	params[4] = OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_P, &p);
	params[5] =
	    OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_MAXMEM, &memory);
	params[6] = OSSL_PARAM_construct_end();
	must(EVP_KDF_derive(ctx, out, PASSWORD_HASH_LEN, params) == 1,
	    "scrypt works");
	EVP_KDF_CTX_free(ctx);
	EVP_KDF_free(kdf);
	OPENSSL_cleanse(peppered, sizeof(peppered));
}

void
password_hash(char out[PASSWORD_STORED_SIZE], const struct keys *keys,
    const char *password, size_t len)
{
	uint8_t salt[PASSWORD_SALT_LEN], hash[PASSWORD_HASH_LEN];
	char *at = out + PASSWORD_PREFIX_LEN;

	random_bytes(salt, sizeof(salt));
	derive(hash, keys, password, len, salt);
	memcpy(out, PASSWORD_PREFIX, PASSWORD_PREFIX_LEN);
	at += base64_encode(at, salt, sizeof(salt));
	*at++ = '$';
	(void)base64_encode(at, hash, sizeof(hash));
	OPENSSL_cleanse(hash, sizeof(hash));
}

static enum err
stored_parse(uint8_t salt[PASSWORD_SALT_LEN], uint8_t hash[PASSWORD_HASH_LEN],
    const char *stored)
{
	const size_t salt_len = BASE64_LEN(PASSWORD_SALT_LEN);
	const char *at = stored + PASSWORD_PREFIX_LEN;
	size_t len;

	if (strlen(stored) != PASSWORD_STORED_SIZE - 1 ||
	    memcmp(stored, PASSWORD_PREFIX, PASSWORD_PREFIX_LEN) != 0 ||
	    at[salt_len] != '$' ||
	    base64_decode(salt, &len, PASSWORD_SALT_LEN, at, salt_len) != OK ||
	    base64_decode(hash, &len, PASSWORD_HASH_LEN, at + salt_len + 1,
		BASE64_LEN(PASSWORD_HASH_LEN)) != OK)
		return ERR_BROKEN;
	return OK;
}

enum err
password_verify(const struct keys *keys, const char *stored,
    const char *password, size_t len)
{
	uint8_t salt[PASSWORD_SALT_LEN] = {0}, hash[PASSWORD_HASH_LEN] = {0};
	uint8_t actual[PASSWORD_HASH_LEN];
	enum err err = OK;

	if (stored != NULL && stored_parse(salt, hash, stored) != OK)
		return ERR_BROKEN;
	derive(actual, keys, password, len, salt);
	if (CRYPTO_memcmp(actual, hash, sizeof(hash)) != 0 || stored == NULL)
		err = ERR_UNAUTHENTICATED;
	OPENSSL_cleanse(actual, sizeof(actual));
	return err;
}
