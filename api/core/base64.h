/*
 * base64url without padding (RFC 4648 section 5), one spelling per value.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_CORE_BASE64_H
#define API_CORE_BASE64_H

#include <stddef.h>
#include <stdint.h>

#include "core/err.h"

/* Characters that len bytes become, without the final NUL. */
#define BASE64_LEN(len) (((len)*4 + 2) / 3)

/* out needs BASE64_LEN(len) + 1 bytes; ends it with NUL. Returns its length. */
size_t base64_encode(char *out, const void *data, size_t len);
/*
 * ERR_MALFORMED for any other character, padding, a length no encoder makes,
 * trailing bits that are not zero, or more than size bytes.
 */
must_check enum err base64_decode(
    void *out, size_t *out_len, size_t size, const char *text, size_t len);

#endif
