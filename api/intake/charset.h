/*
 * Text of any charset as UTF-8.
 *
 * CAVEATS: a charset's table is a file. charset_load() fetches those that mail
 * comes in while files can still be opened; in the sandbox others are unknown.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_INTAKE_CHARSET_H
#define API_INTAKE_CHARSET_H

#include "core/buf.h"

/* Once, before the sandbox. */
void charset_load(void);
/*
 * What cannot be read becomes U+FFFD. charset may be NULL or nonsense: then
 * UTF-8 when the bytes are that, otherwise Windows-1252.
 */
void charset_text(
    struct buf *out, const char *charset, const uint8_t *data, size_t len);

#endif
