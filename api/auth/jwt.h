/*
 * Tokens of the channels (JWS compact, ES256 or RS256): verified against our
 * own table of keys before anything in them is believed.
 *
 * Order: size, three parts, strict base64url, header (algorithm equal to the
 * one registered for the key), signature, then claims: iss, aud, iat and exp
 * required, nbf if present, 60 s of skew, at most 15 minutes of life.
 *
 * CAVEATS: a verifier belongs to one thread. A verified key must still be
 * active in the database, which the caller asks in the same transaction.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_AUTH_JWT_H
#define API_AUTH_JWT_H

#include <stddef.h>
#include <stdint.h>

#include "core/buf.h"
#include "core/err.h"

#define JWT_TOKEN_MAX  4096
#define JWT_KID_MAX    64
#define JWT_SKEW_S     60
#define JWT_LIFE_MAX_S 900

/* Why a token is not good: for the log, never for the client. */
enum jwt_verdict {
	JWT_VALID,
	JWT_UNKNOWN_KEY, /* no such kid: reload keys, try again */
	JWT_BAD_SIZE,
	JWT_BAD_PARTS, /* not three parts of strict base64url */
	JWT_BAD_HEADER, /* not strict JSON, or a member we refuse */
	JWT_BAD_ALG, /* not the algorithm registered for the key */
	JWT_BAD_SIGNATURE,
	JWT_BAD_CLAIMS, /* missing, wrong type, wrong issuer or audience */
	JWT_EXPIRED,
	JWT_NOT_YET, /* iat or nbf in the future */
	JWT_TOO_LONG_LIVED,
	JWT_VERDICT__COUNT
};

/* One key as the database has it; texts are NUL-terminated. */
struct jwt_row {
	const char *kid;
	const char *alg; /* "ES256" or "RS256" */
	const char *pem; /* public key: EC P-256, RSA of 2048 bits up */
	const char *issuer;
	const char *audience;
};

struct jwt_verifier;

/* Without keys; owned by the caller. */
struct jwt_verifier *jwt_verifier_new(void);
void jwt_verifier_free(struct jwt_verifier *);
/*
 * Replaces the whole table at once and forgets remembered tokens. Rows that
 * are not good are left out; returns how many were.
 */
size_t jwt_verifier_load(
    struct jwt_verifier *, const struct jwt_row *rows, size_t count);
/* kid is set when the verdict is JWT_VALID or JWT_UNKNOWN_KEY. */
enum jwt_verdict jwt_verify(char kid[JWT_KID_MAX + 1], struct jwt_verifier *,
    const char *token, size_t len, int64_t now_ms);
/* "expired"; static text. */
const char *jwt_verdict_name(enum jwt_verdict);

/* Whether a row would be accepted; for the command line. */
must_check enum err jwt_row_check(const struct jwt_row *);

/*
 * Makes a token: row names kid, alg, issuer and audience; private_pem signs.
 * ERR_INVALID when the key does not fit the algorithm.
 */
must_check enum err jwt_issue(struct buf *out, const struct jwt_row *row,
    const char *private_pem, int64_t now_ms, int64_t life_s);

#endif
