/*
 * Signatures of Standard Webhooks (standardwebhooks.com), version 1: HMAC with
 * SHA-256 over id, time and body.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_WEBHOOK_SIGN_H
#define API_WEBHOOK_SIGN_H

#include <stddef.h>
#include <stdint.h>

#include "core/buf.h"

#define SIGN_SECRET_LEN 32
/* "whsec_" and base64 with its padding. */
#define SIGN_TEXT_LEN (6 + 44)

/* The secret as receivers are given it, with a final NUL. */
void sign_secret_text(
    char out[SIGN_TEXT_LEN + 1], const uint8_t secret[SIGN_SECRET_LEN]);
/*
 * Adds "v1,SIGNATURE" to the buffer, after a space when it is not the first.
 * timestamp is the value of the header webhook-timestamp.
 */
void sign_add(struct buf *out, const void *secret, size_t secret_len,
    const char *id, const char *timestamp, const void *body, size_t len);

#endif
