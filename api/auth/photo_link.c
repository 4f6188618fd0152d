/*
 * base64url of: the second it ends in (4 bytes, big endian), then the photo's
 * id under AES-256-GCM with a key of that second, so that no key ever seals
 * more than the links of one second.
 *
 * SPDX-License-Identifier: ISC
 */
#include "auth/photo_link.h"

#include <string.h>

#include "core/base64.h"
#include "core/check.h"
#include "core/hash.h"
#include "core/hex.h"
#include "core/seal.h"

#define END_LEN    4
#define ID_LEN     16
#define SEALED_LEN (ID_LEN + SEAL_OVERHEAD)
#define CONTEXT    "photo link"

_Static_assert(BASE64_LEN(END_LEN + SEALED_LEN) == PHOTO_LINK_LEN,
    "a link has the length that routes can take");

static void
key_of(
    uint8_t key[HASH_LEN], const struct keys *keys, const uint8_t end[END_LEN])
{
	hash_hmac(key, keys_get(keys, KEYS_PHOTO), KEYS_LEN, end, END_LEN);
}

/* 8-4-4-4-12 hex digits and back. */
static void
id_read(uint8_t id[ID_LEN], const char *photo)
{
	char digits[2 * ID_LEN + 1];
	size_t at, len = 0;

	must(uuid_is_valid(photo, strlen(photo)), "a photo has an id");
	for (at = 0; at < UUID_LEN; at++)
		if (photo[at] != '-')
			digits[len++] = photo[at];
	must(hex_decode(id, ID_LEN, digits, len) == OK, "an id is hex");
}

static void
id_write(char photo[UUID_LEN + 1], const uint8_t id[ID_LEN])
{
	char digits[2 * ID_LEN + 1];
	size_t at, len = 0;

	hex_encode(digits, id, ID_LEN);
	for (at = 0; at < UUID_LEN; at++)
		photo[at] = at == 8 || at == 13 || at == 18 || at == 23
		    ? '-'
		    : digits[len++];
	photo[UUID_LEN] = '\0';
}

enum err
photo_link_make(char out[PHOTO_LINK_LEN + 1], const struct keys *keys,
    const char *photo, int64_t now_ms)
{
	uint32_t end = (uint32_t)(now_ms / 1000 + PHOTO_LINK_SECONDS);
	uint8_t link[END_LEN + SEALED_LEN], id[ID_LEN], key[HASH_LEN];
	enum err err;
	int at;

	for (at = 0; at < END_LEN; at++)
		link[at] = (uint8_t)(end >> (8 * (END_LEN - 1 - at)));
	id_read(id, photo);
	key_of(key, keys, link);
	err = seal_text(link + END_LEN, key, CONTEXT, id, ID_LEN);
	if (err == OK)
		(void)base64_encode(out, link, sizeof(link));
	return err;
}

enum err
photo_link_read(char photo[UUID_LEN + 1], const struct keys *keys,
    const char *link, int64_t now_ms)
{
	uint8_t bytes[END_LEN + SEALED_LEN], id[ID_LEN], key[HASH_LEN];
	int64_t end = 0, now = now_ms / 1000;
	size_t len;
	int at;

	if (base64_decode(bytes, &len, sizeof(bytes), link, strlen(link)) !=
		OK ||
	    len != sizeof(bytes))
		return ERR_NOT_FOUND;
	for (at = 0; at < END_LEN; at++)
		end = end << 8 | bytes[at];
	if (end < now || end > now + PHOTO_LINK_SECONDS)
		return ERR_NOT_FOUND;
	key_of(key, keys, bytes);
	if (seal_open(id, key, CONTEXT, bytes + END_LEN, SEALED_LEN) != OK)
		return ERR_NOT_FOUND;
	id_write(photo, id);
	return OK;
}
