/*
 * Identity sealed at intake: one random 256-bit key per report; the identity
 * JSON under AES-256-GCM with that key; the key itself sealed to the vault's
 * P-256 public key by ephemeral ECDH and HKDF-SHA-256 (the construction of
 * ECIES, SEC 1 section 5.1, with AES-256-GCM). The server holds no private key
 * and cannot open what it made.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_CORE_SEAL_H
#define API_CORE_SEAL_H

#include <stddef.h>
#include <stdint.h>

#include "core/err.h"

#define SEAL_KEY_LEN 32
/* version byte, ephemeral point (65), nonce (12), sealed key (32), tag (16) */
#define SEAL_WRAPPED_LEN 126
/* nonce (12) and tag (16) around the text */
#define SEAL_OVERHEAD 28

/* Loads the vault's public key (PEM). epoch names it: first 16 hex digits of
 * the SHA-256 of its DER. Owned by the caller. */
struct seal_public;
must_check enum err
seal_public_load(struct seal_public **out, const char *pem, size_t len);
void seal_public_free(struct seal_public *);
const char *seal_public_epoch(const struct seal_public *);

must_check enum err seal_key_new(uint8_t key[SEAL_KEY_LEN]);
/* context binds both to their report and column: the report id and a name. */
must_check enum err seal_wrap(uint8_t wrapped[SEAL_WRAPPED_LEN],
    const struct seal_public *, const uint8_t key[SEAL_KEY_LEN],
    const char *context);
/* out needs len + SEAL_OVERHEAD bytes. */
must_check enum err seal_text(uint8_t *out, const uint8_t key[SEAL_KEY_LEN],
    const char *context, const uint8_t *text, size_t len);
/* The other way round, for the vault and for tests. ERR_BROKEN when the bytes
 * were changed or belong to another context. private_pem: PKCS#8. */
must_check enum err seal_unwrap(uint8_t key[SEAL_KEY_LEN],
    const char *private_pem, size_t pem_len,
    const uint8_t wrapped[SEAL_WRAPPED_LEN], const char *context);
must_check enum err seal_open(uint8_t *out, const uint8_t key[SEAL_KEY_LEN],
    const char *context, const uint8_t *sealed, size_t len);

#endif
