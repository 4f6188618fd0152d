/*
 * Text on its way out: eight bytes at a time until one needs an escape.
 *
 * SPDX-License-Identifier: ISC
 */
#include "core/json.h"

#include <stdint.h>
#include <string.h>

/* How many bytes at the start go out as they are. */
static size_t
plain_len(const uint8_t *byte, size_t len)
{
	const uint64_t ones = UINT64_C(0x0101010101010101);
	const uint64_t highs = ones * 0x80;
	uint64_t word8, quote, slash, low;
	size_t at = 0;

	/* A byte that is zero after the xor is one we look for. */
	for (; len - at >= sizeof(word8); at += sizeof(word8)) {
		memcpy(&word8, byte + at, sizeof(word8));
		quote = word8 ^ ones * '"';
		slash = word8 ^ ones * '\\';
		low = (word8 - ones * 0x20) & ~word8;
		quote = (quote - ones) & ~quote;
		slash = (slash - ones) & ~slash;
		if (((quote | slash | low) & highs) != 0)
			break;
	}
	while (
	    at < len && byte[at] >= 0x20 && byte[at] != '"' && byte[at] != '\\')
		at++;
	return at;
}

void
json_write_text(struct buf *out, const char *text, size_t len)
{
	static const char digits[] = "0123456789abcdef";
	const uint8_t *byte = (const uint8_t *)text;
	size_t at = 0, plain;

	buf_byte(out, '"');
	while (at < len) {
		char escaped[6] = "\\u00";
		size_t escaped_len = 2;

		plain = plain_len(byte + at, len - at);
		buf_put(out, byte + at, plain);
		at += plain;
		if (at == len)
			break;
		switch (byte[at]) {
		case '"':
		case '\\':
			escaped[1] = (char)byte[at];
			break;
		case '\n':
			escaped[1] = 'n';
			break;
		case '\r':
			escaped[1] = 'r';
			break;
		case '\t':
			escaped[1] = 't';
			break;
		default:
			escaped[4] = digits[byte[at] >> 4];
			escaped[5] = digits[byte[at] & 15];
			escaped_len = sizeof(escaped);
			break;
		}
		buf_put(out, escaped, escaped_len);
		at++;
	}
	buf_byte(out, '"');
}
