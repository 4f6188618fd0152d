/*
 * The keys of this instance that are derived from $CRM_STATE/keys/auth.key
 * (32 random bytes, mode 0600): one sub-key per purpose (HKDF-SHA-256), kept
 * in locked memory and wiped at the end.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_AUTH_KEYS_H
#define API_AUTH_KEYS_H

#include <stdint.h>

#include "core/err.h"

#define KEYS_LEN 32

enum keys_purpose {
	KEYS_PEPPER, /* of passwords */
	KEYS_TOTP, /* seals TOTP secrets */
	KEYS_CURSOR, /* authenticates list cursors */
	KEYS_SOURCE, /* hashes network addresses */
	KEYS_DIGEST, /* of requests, for idempotency */
	KEYS_PHOTO, /* seals links to photos */
	KEYS_TOKEN, /* authenticates tokens of Open311 */
	KEYS_PURPOSE__COUNT
};

struct keys;

/*
 * Owned by the caller; constant afterwards, so any thread may read it. Locked
 * memory is not inherited by fork: a worker that is forked later calls
 * keys_lock(). ERR_NOT_FOUND without a file; ERR_INVALID when it is not 32
 * bytes or others may read it; ERR_UNAVAILABLE when it cannot be read.
 */
must_check enum err keys_load(struct keys **out, const char *path);
/* Makes a new file; ERR_CONFLICT when there is one, ERR_UNAVAILABLE. */
must_check enum err keys_create(const char *path);
/* From 32 bytes, for tests and tools. */
struct keys *keys_new(const uint8_t root[KEYS_LEN]);
void keys_lock(const struct keys *);
/* Wipes. NULL is legal. */
void keys_free(struct keys *);
/* KEYS_LEN bytes, borrowed. */
const uint8_t *keys_get(const struct keys *, enum keys_purpose);

#endif
