/*
 * base64url both ways. Every value has exactly one accepted spelling, so a
 * token cannot be rewritten without changing its hash.
 *
 * SPDX-License-Identifier: ISC
 */
#include "core/base64.h"

static const char alphabet[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

size_t
base64_encode(char *out, const void *data, size_t len)
{
	const uint8_t *byte = data;
	size_t at, to = 0;
	unsigned held = 0, bits = 0;

	for (at = 0; at < len; at++) {
		held = (held << 8 | byte[at]) & 0xffff;
		bits += 8;
		while (bits >= 6) {
			bits -= 6;
			out[to++] = alphabet[held >> bits & 63];
		}
	}
	if (bits > 0)
		out[to++] = alphabet[held << (6 - bits) & 63];
	out[to] = '\0';
	return to;
}

static int
sextet(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	if (c == '-')
		return 62;
	if (c == '_')
		return 63;
	return -1;
}

enum err
base64_decode(
    void *out, size_t *out_len, size_t size, const char *text, size_t len)
{
	uint8_t *byte = out;
	size_t at, to = 0;
	unsigned held = 0, bits = 0;

	if (len % 4 == 1 || len / 4 * 3 + len % 4 * 3 / 4 > size)
		return ERR_MALFORMED;
	for (at = 0; at < len; at++) {
		int value = sextet(text[at]);

		if (value < 0)
			return ERR_MALFORMED;
		held = held << 6 | (unsigned)value;
		bits += 6;
		if (bits >= 8) {
			bits -= 8;
			byte[to++] = (uint8_t)(held >> bits);
			held &= (1u << bits) - 1;
		}
	}
	if (held != 0)
		return ERR_MALFORMED;
	*out_len = to;
	return OK;
}
