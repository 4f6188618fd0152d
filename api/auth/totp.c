/*
 * HOTP (RFC 4226) of the number of half minutes since 1970.
 *
 * SPDX-License-Identifier: ISC
 */
#include "auth/totp.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "core/check.h"
#include "core/random.h"
#include "core/seal.h"

#define TOTP_STEP_MS  30000
#define TOTP_SHA1_LEN 20

_Static_assert(TOTP_SECRET_LEN + SEAL_OVERHEAD == TOTP_SEALED_LEN,
    "a sealed secret has the declared length");

void
totp_secret_new(uint8_t secret[TOTP_SECRET_LEN])
{
	random_bytes(secret, TOTP_SECRET_LEN);
}

void
totp_base32(
    char out[TOTP_BASE32_LEN + 1], const uint8_t secret[TOTP_SECRET_LEN])
{
	static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	size_t at, to = 0;
	unsigned held = 0, bits = 0;

	/* 20 bytes are exactly 32 letters: no padding. */
	for (at = 0; at < TOTP_SECRET_LEN; at++) {
		held = (held << 8 | secret[at]) & 0xfff;
		bits += 8;
		while (bits >= 5) {
			bits -= 5;
			out[to++] = alphabet[held >> bits & 31];
		}
	}
	out[to] = '\0';
}

void
totp_code(char out[TOTP_DIGITS + 1], const uint8_t secret[TOTP_SECRET_LEN],
    int64_t step)
{
	uint8_t counter[8], mac[TOTP_SHA1_LEN];
	unsigned mac_len = 0, at;
	uint32_t number;

	for (at = 0; at < sizeof(counter); at++)
		counter[at] = (uint8_t)((uint64_t)step >> (56 - 8 * at));
	must(HMAC(EVP_sha1(), secret, TOTP_SECRET_LEN, counter, sizeof(counter),
		 mac, &mac_len) != NULL &&
		mac_len == sizeof(mac),
	    "HMAC-SHA-1 works");
	at = mac[TOTP_SHA1_LEN - 1] & 15;
	number = (uint32_t)(mac[at] & 0x7f) << 24 |
	    (uint32_t)mac[at + 1] << 16 | (uint32_t)mac[at + 2] << 8 |
	    mac[at + 3];
	for (at = TOTP_DIGITS; at > 0; at--) {
		out[at - 1] = (char)('0' + number % 10);
		number /= 10;
	}
	out[TOTP_DIGITS] = '\0';
}

int64_t
totp_step(int64_t now_ms)
{
	return now_ms / TOTP_STEP_MS;
}

enum err
totp_check(int64_t *step, const uint8_t secret[TOTP_SECRET_LEN],
    const char *code, size_t len, int64_t now_ms, int64_t last_step)
{
	char expected[TOTP_DIGITS + 1];
	int64_t now = totp_step(now_ms), at, found = -1;

	if (len != TOTP_DIGITS)
		return ERR_UNAUTHENTICATED;
	/* All three, always: the time tells nothing. */
	for (at = now - 1; at <= now + 1; at++) {
		totp_code(expected, secret, at);
		if (CRYPTO_memcmp(expected, code, TOTP_DIGITS) == 0 &&
		    at > last_step && at >= 0)
			found = at;
	}
	if (found < 0)
		return ERR_UNAUTHENTICATED;
	*step = found;
	return OK;
}

enum err
totp_seal(uint8_t out[TOTP_SEALED_LEN], const struct keys *keys,
    const char *account_id, const uint8_t secret[TOTP_SECRET_LEN])
{
	return seal_text(out, keys_get(keys, KEYS_TOTP), account_id, secret,
	    TOTP_SECRET_LEN);
}

enum err
totp_open(uint8_t secret[TOTP_SECRET_LEN], const struct keys *keys,
    const char *account_id, const uint8_t *sealed, size_t len)
{
	if (len != TOTP_SEALED_LEN)
		return ERR_BROKEN;
	return seal_open(
	    secret, keys_get(keys, KEYS_TOTP), account_id, sealed, len);
}
