/*
 * base64url of the 16 bytes of an id and the first 16 of its tag.
 *
 * SPDX-License-Identifier: ISC
 */
#include "auth/request_token.h"

#include <openssl/crypto.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "core/check.h"
#include "core/hash.h"
#include "core/hex.h"

#define HALF ((size_t)16)

static void
tag_make(uint8_t tag[HASH_LEN], const struct keys *keys, const uint8_t *id)
{
	hash_hmac(tag, keys_get(keys, KEYS_TOKEN), KEYS_LEN, id, HALF);
}

void
request_token_encode(
    char out[REQUEST_TOKEN_LEN + 1], const struct keys *keys, const char *id)
{
	uint8_t bytes[REQUEST_TOKEN_BYTES], tag[HASH_LEN];
	char digits[2 * HALF + 1];
	size_t len = 0;

	must(uuid_is_valid(id, strlen(id)), "an id of ours is a uuid");
	for (; *id != '\0'; id++)
		if (*id != '-')
			digits[len++] = *id;
	must(hex_decode(bytes, HALF, digits, len) == OK, "a uuid is hex");
	tag_make(tag, keys, bytes);
	memcpy(bytes + HALF, tag, HALF);
	(void)base64_encode(out, bytes, sizeof(bytes));
}

enum err
request_token_decode(
    char id[UUID_LEN + 1], const struct keys *keys, const char *text)
{
	uint8_t bytes[REQUEST_TOKEN_BYTES], tag[HASH_LEN];
	char digits[2 * HALF + 1];
	size_t len;

	if (base64_decode(bytes, &len, sizeof(bytes), text, strlen(text)) !=
		OK ||
	    len != sizeof(bytes))
		return ERR_NOT_FOUND;
	tag_make(tag, keys, bytes);
	if (CRYPTO_memcmp(tag, bytes + HALF, HALF) != 0)
		return ERR_NOT_FOUND;
	hex_encode(digits, bytes, HALF);
	(void)snprintf(id, UUID_LEN + 1, "%.8s-%.4s-%.4s-%.4s-%.12s", digits,
	    digits + 8, digits + 12, digits + 16, digits + 20);
	return OK;
}
