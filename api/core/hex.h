/*
 * Bytes as hexadecimal text.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_CORE_HEX_H
#define API_CORE_HEX_H

#include <stddef.h>

#include "core/err.h"

/* Lower case; out needs 2 * len + 1 bytes and ends with NUL. */
void hex_encode(char *out, const void *data, size_t len);
/* Either case; ERR_MALFORMED unless text is exactly 2 * out_len digits. */
must_check enum err
hex_decode(void *out, size_t out_len, const char *text, size_t len);

#endif
