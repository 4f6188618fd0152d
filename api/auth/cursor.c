/*
 * base64url of: tag (16), version, has_key, then sort, key and id, each with
 * its length before it.
 *
 * SPDX-License-Identifier: ISC
 */
#include "auth/cursor.h"

#include <openssl/crypto.h>
#include <stdint.h>
#include <string.h>

#include "core/base64.h"
#include "core/check.h"
#include "core/hash.h"

#define CURSOR_VERSION   1
#define CURSOR_TAG_LEN   ((size_t)16)
#define CURSOR_BYTES_MAX (CURSOR_TAG_LEN + 2 + 3 + sizeof(struct cursor))

_Static_assert(BASE64_LEN(CURSOR_BYTES_MAX) <= CURSOR_TEXT_MAX,
    "the longest cursor fits in its text");

/* The tag covers the context's hash, so that no two can run together. */
static void
tag_make(uint8_t tag[HASH_LEN], const struct keys *keys, const char *context,
    const uint8_t *payload, size_t len)
{
	uint8_t text[HASH_LEN + CURSOR_BYTES_MAX];

	hash_sha256(text, context, strlen(context));
	memcpy(text + HASH_LEN, payload, len);
	hash_hmac(
	    tag, keys_get(keys, KEYS_CURSOR), KEYS_LEN, text, HASH_LEN + len);
}

static uint8_t *
put_field(uint8_t *at, const char *text, size_t size)
{
	size_t len = strnlen(text, size);

	must(len < size, "a cursor's text ends inside its field");
	*at++ = (uint8_t)len;
	memcpy(at, text, len);
	return at + len;
}

static bool
take_field(char *out, size_t size, const uint8_t **at, const uint8_t *end)
{
	size_t len;

	if (*at == end)
		return false;
	len = *(*at)++;
	if (len >= size || len > (size_t)(end - *at) ||
	    memchr(*at, '\0', len) != NULL)
		return false;
	memcpy(out, *at, len);
	out[len] = '\0';
	*at += len;
	return true;
}

void
cursor_encode(char out[CURSOR_TEXT_MAX + 1], const struct keys *keys,
    const char *context, const struct cursor *cursor)
{
	uint8_t bytes[CURSOR_BYTES_MAX], tag[HASH_LEN];
	uint8_t *payload = bytes + CURSOR_TAG_LEN, *at = payload;

	*at++ = CURSOR_VERSION;
	*at++ = cursor->has_key;
	at = put_field(at, cursor->sort, sizeof(cursor->sort));
	at = put_field(
	    at, cursor->has_key ? cursor->key : "", sizeof(cursor->key));
	at = put_field(at, cursor->id, sizeof(cursor->id));
	tag_make(tag, keys, context, payload, (size_t)(at - payload));
	memcpy(bytes, tag, CURSOR_TAG_LEN);
	(void)base64_encode(out, bytes, (size_t)(at - bytes));
}

enum err
cursor_decode(struct cursor *out, const struct keys *keys, const char *context,
    const char *text, size_t len)
{
	uint8_t bytes[CURSOR_BYTES_MAX], tag[HASH_LEN];
	struct cursor cursor = {.has_key = false};
	const uint8_t *at = bytes + CURSOR_TAG_LEN, *end;
	size_t bytes_len;

	if (base64_decode(bytes, &bytes_len, sizeof(bytes), text, len) != OK ||
	    bytes_len < CURSOR_TAG_LEN + 2)
		return ERR_INVALID;
	end = bytes + bytes_len;
	tag_make(tag, keys, context, at, (size_t)(end - at));
	if (CRYPTO_memcmp(tag, bytes, CURSOR_TAG_LEN) != 0)
		return ERR_INVALID;
	if (*at++ != CURSOR_VERSION || *at > 1)
		return ERR_INVALID;
	cursor.has_key = *at++ == 1;
	if (!take_field(cursor.sort, sizeof(cursor.sort), &at, end) ||
	    !take_field(cursor.key, sizeof(cursor.key), &at, end) ||
	    !take_field(cursor.id, sizeof(cursor.id), &at, end) || at != end)
		return ERR_INVALID;
	*out = cursor;
	return OK;
}
