/*
 * Passwords: scrypt (RFC 7914, N=2^15 r=8 p=1) over an HMAC-SHA-256 with a
 * pepper that is not in the database.
 *
 * CAVEATS: hash and verify take about 0.15 s and 32 MB: pool threads only.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_AUTH_PASSWORD_H
#define API_AUTH_PASSWORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "auth/keys.h"
#include "core/err.h"

/* "scrypt$15$8$1$" salt "$" hash, base64url, with NUL */
#define PASSWORD_STORED_SIZE 81
#define PASSWORD_BYTES_MAX   512

enum password_flaw {
	PASSWORD_FINE,
	PASSWORD_NOT_TEXT, /* not UTF-8, or control characters */
	PASSWORD_SHORT,
	PASSWORD_LONG,
	PASSWORD_COMMON, /* on the list, or little else than such a word */
	PASSWORD_FLAW__COUNT
};

/*
 * At least 15 characters, 8 for an account with a second factor, at most 128.
 * Works on the bytes as given: the caller sends NFKC.
 */
enum password_flaw
password_check(const char *password, size_t len, bool has_totp);
/* "short"; static text, a code for the wire. */
const char *password_flaw_code(enum password_flaw);

void password_hash(char out[PASSWORD_STORED_SIZE], const struct keys *,
    const char *password, size_t len);
/*
 * ERR_UNAUTHENTICATED when it is not the password; ERR_BROKEN when stored is
 * not a string of ours. stored NULL is an unknown account: the same work, then
 * ERR_UNAUTHENTICATED.
 */
must_check enum err password_verify(
    const struct keys *, const char *stored, const char *password, size_t len);

#endif
