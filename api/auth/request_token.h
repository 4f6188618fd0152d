/*
 * What stands for a report that the public does not see yet: its id and a tag,
 * so that nobody asks about a report with a token that we did not give.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_AUTH_REQUEST_TOKEN_H
#define API_AUTH_REQUEST_TOKEN_H

#include <stddef.h>

#include "auth/keys.h"
#include "core/base64.h"
#include "core/err.h"
#include "core/uuid.h"

#define REQUEST_TOKEN_BYTES ((size_t)32)
#define REQUEST_TOKEN_LEN   BASE64_LEN(REQUEST_TOKEN_BYTES)

/* id: a uuid as text. */
void request_token_encode(
    char out[REQUEST_TOKEN_LEN + 1], const struct keys *, const char *id);
/* ERR_NOT_FOUND for whatever request_token_encode() did not make. */
must_check enum err request_token_decode(
    char id[UUID_LEN + 1], const struct keys *, const char *text);

#endif
