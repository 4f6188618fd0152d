/*
 * The channels' public keys as OpenSSL wants them: parsed once, used for every
 * token. Part of auth/jwt.c.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_AUTH_JWT_KEYS_H
#define API_AUTH_JWT_KEYS_H

#include <openssl/evp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "auth/jwt.h"

enum jwt_alg_name { JWT_ALG_NAME_ES256, JWT_ALG_NAME_RS256 };

struct jwt_key {
	char kid[JWT_KID_MAX + 1];
	enum jwt_alg_name alg;
	EVP_PKEY *key;
	char *issuer;
	char *audience;
};

struct jwt_keys;

/* Owned by the caller; *refused counts the rows that were left out. */
struct jwt_keys *
jwt_keys_new(const struct jwt_row *rows, size_t count, size_t *refused);
void jwt_keys_free(struct jwt_keys *);
/* Borrowed, or NULL. */
const struct jwt_key *jwt_keys_find(const struct jwt_keys *, const char *kid);

/* Letters, digits, "-", "_", "."; 1 to JWT_KID_MAX of them. */
bool jwt_keys_is_kid(const char *kid);
must_check enum err jwt_keys_alg(enum jwt_alg_name *out, const char *name);
/* EC P-256 for ES256, RSA of 2048 to 8192 bits for RS256. */
bool jwt_keys_fits(EVP_PKEY *, enum jwt_alg_name);
bool jwt_keys_is_signed(const struct jwt_key *, const char *text, size_t len,
    const uint8_t *signature, size_t signature_len);

#endif
