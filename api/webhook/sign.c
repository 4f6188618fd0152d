/*
 * Signatures of webhooks, see sign.h.
 *
 * SPDX-License-Identifier: ISC
 */
#include "webhook/sign.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <string.h>

#include "core/hash.h"

#define SECRET_PREFIX "whsec_"
/* base64 of HASH_LEN bytes, with its NUL. */
#define SIGNATURE_SIZE 45
#define SIGNED_MAX     65536u

void
sign_secret_text(
    char out[SIGN_TEXT_LEN + 1], const uint8_t secret[SIGN_SECRET_LEN])
{
	size_t prefix = sizeof(SECRET_PREFIX) - 1;

	memcpy(out, SECRET_PREFIX, prefix);
	(void)EVP_EncodeBlock(
	    (unsigned char *)out + prefix, secret, SIGN_SECRET_LEN);
}

void
sign_add(struct buf *out, const void *secret, size_t secret_len, const char *id,
    const char *timestamp, const void *body, size_t len)
{
	uint8_t digest[HASH_LEN];
	unsigned char text[SIGNATURE_SIZE];
	struct buf content;

	buf_init(&content, SIGNED_MAX);
	buf_text(&content, id);
	buf_byte(&content, '.');
	buf_text(&content, timestamp);
	buf_byte(&content, '.');
	buf_put(&content, body, len);
	if (content.failed) {
		out->failed = true;
	}
	hash_hmac(digest, secret, secret_len, content.data, content.len);
	(void)EVP_EncodeBlock(text, digest, sizeof(digest));
	if (out->len > 0) {
		buf_byte(out, ' ');
	}
	buf_text(out, "v1,");
	buf_text(out, (const char *)text);
	buf_clear(&content);
}
