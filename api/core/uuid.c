/*
 * 122 random bits in the usual clothes.
 *
 * SPDX-License-Identifier: ISC
 */
#include "core/uuid.h"

#include <stdint.h>
#include <string.h>

#include "core/hex.h"
#include "core/random.h"

void
uuid_new(char out[UUID_LEN + 1])
{
	uint8_t bytes[16];
	char digits[33];

	random_bytes(bytes, sizeof(bytes));
	bytes[6] = (uint8_t)((bytes[6] & 0x0f) | 0x40);
	bytes[8] = (uint8_t)((bytes[8] & 0x3f) | 0x80);
	hex_encode(digits, bytes, sizeof(bytes));
	memcpy(out, digits, 8);
	memcpy(out + 9, digits + 8, 4);
	memcpy(out + 14, digits + 12, 4);
	memcpy(out + 19, digits + 16, 4);
	memcpy(out + 24, digits + 20, 12);
	out[8] = out[13] = out[18] = out[23] = '-';
	out[UUID_LEN] = '\0';
}

bool
uuid_is_valid(const char *text, size_t len)
{
	size_t at;

	if (len != UUID_LEN)
		return false;
	for (at = 0; at < len; at++) {
		bool is_dash = at == 8 || at == 13 || at == 18 || at == 23;
		bool is_digit = (text[at] >= '0' && text[at] <= '9') ||
		    (text[at] >= 'a' && text[at] <= 'f');

		if (is_dash ? text[at] != '-' : !is_digit)
			return false;
	}
	return true;
}
