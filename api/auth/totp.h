/*
 * Second factor: TOTP (RFC 6238, SHA-1, 6 digits, 30 s), as phone apps do it.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_AUTH_TOTP_H
#define API_AUTH_TOTP_H

#include <stddef.h>
#include <stdint.h>

#include "auth/keys.h"
#include "core/err.h"

#define TOTP_SECRET_LEN 20
#define TOTP_SEALED_LEN 48 /* nonce 12, secret, tag 16 */
#define TOTP_BASE32_LEN 32
#define TOTP_DIGITS     6

void totp_secret_new(uint8_t secret[TOTP_SECRET_LEN]);
/* For the app's set-up; ends with NUL. */
void totp_base32(
    char out[TOTP_BASE32_LEN + 1], const uint8_t secret[TOTP_SECRET_LEN]);
/* The code of one step, with NUL. */
void totp_code(char out[TOTP_DIGITS + 1], const uint8_t secret[TOTP_SECRET_LEN],
    int64_t step);
int64_t totp_step(int64_t now_ms);
/*
 * Takes the code of this step, the one before or the one after, if that step
 * is later than last_step (-1 for none). *step is the one that matched: the
 * caller stores it, in the same statement that checks it is newer.
 * ERR_UNAUTHENTICATED otherwise.
 */
must_check enum err totp_check(int64_t *step,
    const uint8_t secret[TOTP_SECRET_LEN], const char *code, size_t len,
    int64_t now_ms, int64_t last_step);

/* Sealed for the database, bound to the account. */
must_check enum err totp_seal(uint8_t out[TOTP_SEALED_LEN], const struct keys *,
    const char *account_id, const uint8_t secret[TOTP_SECRET_LEN]);
/* ERR_BROKEN when it was changed or belongs to another account. */
must_check enum err totp_open(uint8_t secret[TOTP_SECRET_LEN],
    const struct keys *, const char *account_id, const uint8_t *sealed,
    size_t len);

#endif
