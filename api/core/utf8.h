/*
 * UTF-8: strict decoding (RFC 3629) and the characters that deceive the eye.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_CORE_UTF8_H
#define API_CORE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Kinds of characters utf8_find() looks for; bits. */
#define UTF8_CONTROL (1u << 0) /* C0 but tab, LF, CR; DEL; C1; U+FFFE, U+FFFF */
#define UTF8_LINE    (1u << 1) /* tab, LF, CR, U+2028, U+2029 */
#define UTF8_BIDI    (1u << 2) /* embeddings, overrides, isolates, marks */
#define UTF8_ZERO_WIDTH                                                        \
	(1u << 3) /* ZWSP, ZWJ, BOM, soft hyphen, selectors, tags */

/*
 * Decodes the character at the start. Returns its length in bytes, or 0 when
 * len is 0 or the bytes are not UTF-8 (overlong, surrogate, cut short).
 */
size_t utf8_next(uint32_t *point, const void *data, size_t len);
/* Writes the character (not a surrogate, at most U+10FFFF); returns 1 to 4. */
size_t utf8_write(uint8_t out[4], uint32_t point);
bool utf8_is_valid(const void *data, size_t len);
/* Number of characters (code points) of valid text. */
size_t utf8_count(const void *data, size_t len);
/*
 * Offset of the first character of one of the kinds in valid text, or len when
 * there is none.
 */
size_t utf8_find(const void *data, size_t len, unsigned kinds);

#endif
