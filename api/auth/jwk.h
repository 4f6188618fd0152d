/*
 * Public keys as channels hand them in: PEM, or a set of JWK (RFC 7517, 7518
 * section 6). The command line and the API read them by the same rules and
 * keep them in one spelling.
 *
 * Of a set, EC keys on P-256 and RSA keys that are meant for ES256 and RS256
 * signatures are taken, others passed over; but one key that is private, or
 * that is taken and not good, and the whole set is refused.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_AUTH_JWK_H
#define API_AUTH_JWK_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>

#include "auth/jwt.h"
#include "core/err.h"

#define JWK_SET_MAX 2 /* as many as a channel may have */

struct jwk_key {
	char kid[JWT_KID_MAX + 1];
	const char *alg; /* "ES256" or "RS256" */
	char *pem; /* owned */
};

struct jwk_set {
	struct jwk_key key[JWK_SET_MAX];
	size_t count; /* at least one */
};

/* Where and why: a JSON pointer into the set and a code of problems.def. */
struct jwk_flaw {
	char pointer[40];
	const char *code;
};

/* Whether it can be a key id. */
bool jwk_is_kid(const char *kid);
/* out is set only on success; ERR_INVALID with *flaw. */
must_check enum err
jwk_set_read(struct jwk_set *out, struct jwk_flaw *flaw, const cJSON *set);
/* Frees what the set owns. */
void jwk_set_clear(struct jwk_set *);
/*
 * The key in one spelling; owned by the caller. ERR_INVALID when it is not a
 * public key that fits alg.
 */
must_check enum err jwk_pem_read(char **out, const char *pem, const char *alg);

#endif
