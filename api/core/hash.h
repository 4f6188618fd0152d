/*
 * SHA-256, HMAC-SHA-256 and HKDF-SHA-256 (RFC 2104, RFC 5869).
 *
 * CAVEATS: compare results with CRYPTO_memcmp; a plain hash of a phone number
 * or NIK hides nothing, use the keyed one.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_CORE_HASH_H
#define API_CORE_HASH_H

#include <stddef.h>
#include <stdint.h>

#define HASH_LEN 32

void hash_sha256(uint8_t out[HASH_LEN], const void *data, size_t len);
void hash_hmac(uint8_t out[HASH_LEN], const void *key, size_t key_len,
    const void *data, size_t len);
/* out_len at most 255 * HASH_LEN; salt may be NULL with length 0. */
void hash_hkdf(void *out, size_t out_len, const void *key, size_t key_len,
    const void *salt, size_t salt_len, const char *info);

/* Piece by piece. hash_end() frees; hash_free() gives up; NULL is legal. */
struct hash;
struct hash *hash_new(void);
void hash_add(struct hash *, const void *data, size_t len);
void hash_end(uint8_t out[HASH_LEN], struct hash *);
void hash_free(struct hash *);

#endif
