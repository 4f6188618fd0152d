/*
 * UTF-8 by the table of RFC 3629, section 4.
 *
 * SPDX-License-Identifier: ISC
 */
#include "core/utf8.h"

#include <string.h>

#include "core/check.h"

size_t
utf8_next(uint32_t *point, const void *data, size_t len)
{
	const uint8_t *byte = data;
	/* Bounds of the second byte: overlong forms, surrogates, the end. */
	uint8_t low = 0x80, high = 0xbf;
	size_t need, at;
	uint32_t value;

	if (len == 0)
		return 0;
	if (byte[0] < 0x80) {
		*point = byte[0];
		return 1;
	}
	if (byte[0] < 0xc2 || byte[0] > 0xf4)
		return 0;
	need = byte[0] < 0xe0 ? 2 : byte[0] < 0xf0 ? 3 : 4;
	if (len < need)
		return 0;
	if (byte[0] == 0xe0)
		low = 0xa0;
	else if (byte[0] == 0xed)
		high = 0x9f;
	else if (byte[0] == 0xf0)
		low = 0x90;
	else if (byte[0] == 0xf4)
		high = 0x8f;
	if (byte[1] < low || byte[1] > high)
		return 0;
	value = byte[0] & (0xffu >> (need + 1));
	value = value << 6 | (byte[1] & 0x3f);
	for (at = 2; at < need; at++) {
		if ((byte[at] & 0xc0) != 0x80)
			return 0;
		value = value << 6 | (byte[at] & 0x3f);
	}
	*point = value;
	return need;
}

size_t
utf8_write(uint8_t out[4], uint32_t point)
{
	must(point <= 0x10ffff && (point < 0xd800 || point > 0xdfff),
	    "a character is a Unicode scalar value");
	if (point < 0x80) {
		out[0] = (uint8_t)point;
		return 1;
	}
	if (point < 0x800) {
		out[0] = (uint8_t)(0xc0 | point >> 6);
		out[1] = (uint8_t)(0x80 | (point & 0x3f));
		return 2;
	}
	if (point < 0x10000) {
		out[0] = (uint8_t)(0xe0 | point >> 12);
		out[1] = (uint8_t)(0x80 | (point >> 6 & 0x3f));
		out[2] = (uint8_t)(0x80 | (point & 0x3f));
		return 3;
	}
	out[0] = (uint8_t)(0xf0 | point >> 18);
	out[1] = (uint8_t)(0x80 | (point >> 12 & 0x3f));
	out[2] = (uint8_t)(0x80 | (point >> 6 & 0x3f));
	out[3] = (uint8_t)(0x80 | (point & 0x3f));
	return 4;
}

/* How many bytes at the start are ASCII, eight at a time. */
static size_t
ascii_len(const uint8_t *byte, size_t len)
{
	size_t at = 0;
	uint64_t word;

	while (len - at >= sizeof(word)) {
		memcpy(&word, byte + at, sizeof(word));
		if ((word & 0x8080808080808080u) != 0)
			break;
		at += sizeof(word);
	}
	while (at < len && byte[at] < 0x80)
		at++;
	return at;
}

bool
utf8_is_valid(const void *data, size_t len)
{
	const uint8_t *byte = data;
	size_t at = 0, step;
	uint32_t point;

	while (at < len) {
		at += ascii_len(byte + at, len - at);
		if (at == len)
			break;
		step = utf8_next(&point, byte + at, len - at);
		if (step == 0)
			return false;
		at += step;
	}
	return true;
}

size_t
utf8_count(const void *data, size_t len)
{
	const uint8_t *byte = data;
	size_t at, count = 0;

	for (at = 0; at < len; at++)
		count += (byte[at] & 0xc0) != 0x80;
	return count;
}

/* Character ranges and what they are. */
static const struct {
	uint32_t first;
	uint32_t last;
	unsigned kind;
} ranges[] = {
    {0x0000, 0x0008, UTF8_CONTROL}, {0x0009, 0x000a, UTF8_LINE},
    {0x000b, 0x000c, UTF8_CONTROL}, {0x000d, 0x000d, UTF8_LINE},
    {0x000e, 0x001f, UTF8_CONTROL}, {0x007f, 0x009f, UTF8_CONTROL},
    {0x00ad, 0x00ad, UTF8_ZERO_WIDTH}, /* soft hyphen */
    {0x034f, 0x034f, UTF8_ZERO_WIDTH}, /* grapheme joiner */
    {0x061c, 0x061c, UTF8_BIDI}, /* Arabic letter mark */
    {0x115f, 0x1160, UTF8_ZERO_WIDTH}, /* Hangul fillers */
    {0x17b4, 0x17b5, UTF8_ZERO_WIDTH}, /* Khmer inherent vowels */
    {0x180b, 0x180f, UTF8_ZERO_WIDTH}, /* Mongolian selectors */
    {0x200b, 0x200d, UTF8_ZERO_WIDTH}, /* ZWSP, ZWNJ, ZWJ */
    {0x200e, 0x200f, UTF8_BIDI}, /* LRM, RLM */
    {0x2028, 0x2029, UTF8_LINE},
    {0x202a, 0x202e, UTF8_BIDI}, /* embeddings, overrides */
    {0x2060, 0x2065, UTF8_ZERO_WIDTH}, /* word joiner, invisible signs */
    {0x2066, 0x2069, UTF8_BIDI}, /* isolates */
    {0x206a, 0x206f, UTF8_ZERO_WIDTH}, /* deprecated format signs */
    {0x3164, 0x3164, UTF8_ZERO_WIDTH}, /* Hangul filler */
    {0xfe00, 0xfe0f, UTF8_ZERO_WIDTH}, /* variation selectors */
    {0xfeff, 0xfeff, UTF8_ZERO_WIDTH}, /* byte order mark */
    {0xffa0, 0xffa0, UTF8_ZERO_WIDTH}, /* halfwidth filler */
    {0xfff0, 0xfffb, UTF8_CONTROL}, /* interlinear annotation */
    {0xfffe, 0xffff, UTF8_CONTROL},
    {0xe0000, 0xe0fff, UTF8_ZERO_WIDTH}, /* tags, selectors */
};

static unsigned
kind_of(uint32_t point)
{
	size_t at;

	for (at = 0; at < sizeof(ranges) / sizeof(ranges[0]); at++) {
		if (point < ranges[at].first)
			return 0;
		if (point <= ranges[at].last)
			return ranges[at].kind;
	}
	return 0;
}

size_t
utf8_find(const void *data, size_t len, unsigned kinds)
{
	const uint8_t *byte = data;
	size_t at = 0, step;
	uint32_t point;

	while (at < len) {
		if (byte[at] >= 0x20 && byte[at] < 0x7f) {
			at++;
			continue;
		}
		step = utf8_next(&point, byte + at, len - at);
		must(step > 0, "text that is searched is valid UTF-8");
		if ((kind_of(point) & kinds) != 0)
			return at;
		at += step;
	}
	return len;
}
