/*
 * Secrets of receivers at rest: sealed to keys/webhook.key, which the command
 * line and the courier read and the server does not, and bound to channel and
 * address, so that rows cannot be swapped.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_WEBHOOK_SECRET_H
#define API_WEBHOOK_SECRET_H

#include <stddef.h>
#include <stdint.h>

#include "core/err.h"
#include "core/seal.h"
#include "webhook/sign.h"

#define SECRET_SEALED_LEN (SIGN_SECRET_LEN + SEAL_OVERHEAD)

/* From keys/webhook.key. ERR_NOT_FOUND, ERR_BROKEN (not 32 bytes). */
must_check enum err secret_key_load(uint8_t key[SEAL_KEY_LEN]);
must_check enum err secret_seal(uint8_t out[SECRET_SEALED_LEN],
    const uint8_t key[SEAL_KEY_LEN], const char *channel, const char *url,
    const uint8_t secret[SIGN_SECRET_LEN]);
/* ERR_BROKEN when the bytes were changed or belong elsewhere. */
must_check enum err secret_open(uint8_t out[SIGN_SECRET_LEN],
    const uint8_t key[SEAL_KEY_LEN], const char *channel, const char *url,
    const uint8_t *sealed, size_t len);

#endif
