/*
 * Tokens that were verified a moment ago, by their SHA-256: a channel sends
 * the same one for minutes. Bounded; the one unused for longest goes first.
 * Part of auth/jwt.c.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_AUTH_JWT_CACHE_H
#define API_AUTH_JWT_CACHE_H

#include <stddef.h>
#include <stdint.h>

#include "auth/jwt.h"
#include "core/hash.h"

#define JWT_CACHE_SIZE 256

/* When a token is good, in seconds, skew included. */
struct jwt_span {
	int64_t from_s;
	int64_t until_s;
};

struct jwt_cache;

struct jwt_cache *jwt_cache_new(void);
void jwt_cache_free(struct jwt_cache *);
void jwt_cache_clear(struct jwt_cache *);
/* ERR_NOT_FOUND when it is not there or not good at this time. */
must_check enum err jwt_cache_find(char kid[JWT_KID_MAX + 1],
    struct jwt_cache *, const uint8_t digest[HASH_LEN], int64_t now_s);
void jwt_cache_put(struct jwt_cache *, const uint8_t digest[HASH_LEN],
    const char *kid, struct jwt_span);

#endif
