/*
 * Two digits a byte, through small tables.
 *
 * SPDX-License-Identifier: ISC
 */
#include "core/hex.h"

#include <stdint.h>

void
hex_encode(char *out, const void *data, size_t len)
{
	static const char digits[] = "0123456789abcdef";
	const uint8_t *byte = data;
	size_t at;

	for (at = 0; at < len; at++) {
		out[2 * at] = digits[byte[at] >> 4];
		out[2 * at + 1] = digits[byte[at] & 15];
	}
	out[2 * len] = '\0';
}

static int
digit_value(char digit)
{
	if (digit >= '0' && digit <= '9')
		return digit - '0';
	if (digit >= 'a' && digit <= 'f')
		return digit - 'a' + 10;
	if (digit >= 'A' && digit <= 'F')
		return digit - 'A' + 10;
	return -1;
}

enum err
hex_decode(void *out, size_t out_len, const char *text, size_t len)
{
	uint8_t *byte = out;
	size_t at;

	if (len % 2 != 0 || len / 2 != out_len)
		return ERR_MALFORMED;
	for (at = 0; at < len; at++) {
		if (digit_value(text[at]) < 0)
			return ERR_MALFORMED;
	}
	for (at = 0; at < out_len; at++) {
		byte[at] = (uint8_t)(digit_value(text[2 * at]) << 4 |
		    digit_value(text[2 * at + 1]));
	}
	return OK;
}
