/*
 * Tables of look-alikes, by ranges.
 *
 * SPDX-License-Identifier: ISC
 */
#include "core/fold.h"

#include <stddef.h>

#include "core/utf8.h"

/* clang-format off */
/* Ranges that run along ASCII: first character, how many, what the first is. */
static const struct {
	uint32_t first;
	uint32_t count;
	char ascii;
} runs[] = {
	{0x2070,   1, '0'}, {0x2074,   6, '4'},			/* superscript */
	{0x2080,  10, '0'},					/* subscript */
	{0x2460,   9, '1'}, {0x24ea,   1, '0'},			/* circled */
	{0x2474,   9, '1'}, {0x2488,   9, '1'},			/* (1), 1. */
	{0x249c,  26, 'a'}, {0x24b6,  26, 'A'}, {0x24d0,  26, 'a'},
	{0x24f5,   9, '1'}, {0x24ff,   1, '0'},			/* double circled */
	{0x2776,   9, '1'}, {0x2780,   9, '1'}, {0x278a,   9, '1'},
	{0x3021,   9, '1'},					/* Hangzhou */
	{0xff01,  94, '!'},					/* full width */
	{0x1f100,  1, '0'}, {0x1f101, 10, '0'},			/* 0. 0, */
	{0x1f110, 26, 'A'}, {0x1f130, 26, 'A'}, {0x1f150, 26, 'A'},
	{0x1f170, 26, 'A'}, {0x1f1e6, 26, 'A'},			/* squared, flags */
	{0x1fbf0, 10, '0'},					/* seven-segment */
};

/* The zero of each script's decimal digits (Unicode category Nd). */
static const uint32_t zeros[] = {
	0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6,
	0x0c66, 0x0ce6, 0x0d66, 0x0de6, 0x0e50, 0x0ed0, 0x0f20, 0x1040, 0x1090,
	0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40,
	0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0,
	0x104a0, 0x10d30, 0x11066, 0x110f0, 0x11136, 0x111d0, 0x112f0, 0x11450,
	0x114d0, 0x11650, 0x116c0, 0x11730, 0x118e0, 0x11950, 0x11c50, 0x11d50,
	0x11da0, 0x11f50, 0x16a60, 0x16ac0, 0x16b50, 0x1e140, 0x1e2f0, 0x1e4f0,
	0x1e950,
};

/* One by one. */
static const struct {
	uint32_t point;
	char ascii;
} singles[] = {
	{0x00a0, ' '}, {0x00aa, 'a'}, {0x00b2, '2'}, {0x00b3, '3'},
	{0x00b7, '.'}, {0x00b9, '1'}, {0x00ba, 'o'}, {0x0262, 'G'},
	{0x026a, 'I'}, {0x0274, 'N'}, {0x0280, 'R'}, {0x028f, 'Y'},
	{0x0299, 'B'}, {0x029c, 'H'}, {0x029f, 'L'}, {0x0430, 'a'},
	{0x0435, 'e'}, {0x043e, 'o'}, {0x0440, 'p'}, {0x0441, 'c'},
	{0x0443, 'y'}, {0x0445, 'x'}, {0x0456, 'i'}, {0x0410, 'A'},
	{0x0412, 'B'}, {0x0415, 'E'}, {0x041a, 'K'}, {0x041c, 'M'},
	{0x041d, 'H'}, {0x041e, 'O'}, {0x0420, 'P'}, {0x0421, 'C'},
	{0x0422, 'T'}, {0x0425, 'X'}, {0x1d00, 'A'}, {0x1d04, 'C'},
	{0x1d05, 'D'}, {0x1d07, 'E'}, {0x1d0a, 'J'}, {0x1d0b, 'K'},
	{0x1d0d, 'M'}, {0x1d0f, 'O'}, {0x1d18, 'P'}, {0x1d1b, 'T'},
	{0x1d1c, 'U'}, {0x1d20, 'V'}, {0x1d21, 'W'}, {0x1d22, 'Z'},
	{0xa730, 'F'}, {0xa731, 'S'}, {0x2022, '.'}, {0x2024, '.'},
	{0x2027, '.'}, {0x202f, ' '}, {0x205f, ' '}, {0x2102, 'C'},
	{0x210a, 'g'}, {0x210b, 'H'}, {0x210c, 'H'}, {0x210d, 'H'},
	{0x210e, 'h'}, {0x2110, 'I'}, {0x2111, 'I'}, {0x2112, 'L'},
	{0x2113, 'l'}, {0x2115, 'N'}, {0x2119, 'P'}, {0x211a, 'Q'},
	{0x211b, 'R'}, {0x211c, 'R'}, {0x211d, 'R'}, {0x2124, 'Z'},
	{0x2128, 'Z'}, {0x212a, 'K'}, {0x212c, 'B'}, {0x212d, 'C'},
	{0x212f, 'e'}, {0x2130, 'E'}, {0x2131, 'F'}, {0x2133, 'M'},
	{0x2134, 'o'}, {0x2139, 'i'}, {0x2212, '-'}, {0x3000, ' '},
	{0x3002, '.'}, {0x3007, '0'}, {0x30fb, '.'}, {0xfe52, '.'},
	{0xfe58, '-'}, {0xfe62, '+'}, {0xfe63, '-'}, {0xfe6b, '@'},
};
/* clang-format on */

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

/* Mathematical letters: 13 styles of A-Z a-z; digits: 5 styles of 0-9. */
static char
fold_mathematical(uint32_t point)
{
	uint32_t at;

	if (point >= 0x1d7ce && point <= 0x1d7ff)
		return (char)('0' + (point - 0x1d7ce) % 10);
	if (point >= 0x1d400 && point <= 0x1d6a3) {
		at = (point - 0x1d400) % 52;
		return (char)(at < 26 ? 'A' + at : 'a' + at - 26);
	}
	return FOLD_OTHER;
}

static char
fold_listed(uint32_t point)
{
	size_t at;

	for (at = 0; at < COUNT(runs); at++) {
		if (point - runs[at].first < runs[at].count)
			return (char)(runs[at].ascii +
			    (int)(point - runs[at].first));
	}
	for (at = 0; at < COUNT(zeros); at++) {
		if (point - zeros[at] < 10)
			return (char)('0' + (point - zeros[at]));
	}
	for (at = 0; at < COUNT(singles); at++) {
		if (point == singles[at].point)
			return singles[at].ascii;
	}
	return fold_mathematical(point);
}

static int
is_skipped(uint32_t point)
{
	uint8_t text[4];
	size_t len;

	if ((point >= 0x0300 && point <= 0x036f) ||
	    (point >= 0x0483 && point <= 0x0489) ||
	    (point >= 0x1ab0 && point <= 0x1aff) ||
	    (point >= 0x1dc0 && point <= 0x1dff) ||
	    (point >= 0x20d0 && point <= 0x20ff) ||
	    (point >= 0xfe20 && point <= 0xfe2f))
		return 1;
	len = utf8_write(text, point);
	return utf8_find(
		   text, len, UTF8_ZERO_WIDTH | UTF8_BIDI | UTF8_CONTROL) == 0;
}

char
fold_point(uint32_t point)
{
	char folded;

	if (point < 0x80) {
		if (point < 0x20 && point != '\t' && point != '\n' &&
		    point != '\r')
			return FOLD_SKIP;
		return (char)point;
	}
	if (is_skipped(point))
		return FOLD_SKIP;
	folded = fold_listed(point);
	if (folded != FOLD_OTHER)
		return folded;
	if (point >= 0x2000 && point <= 0x200a)
		return ' ';
	if (point >= 0x2010 && point <= 0x2015)
		return '-';
	/* Scripts; the rest of the low planes is signs, the high ones emoji. */
	if ((point >= 0xc0 && point < 0x2000) ||
	    (point >= 0x3040 && point < 0xd7a4) ||
	    (point >= 0xf900 && point < 0xfb00))
		return FOLD_LETTER;
	return FOLD_OTHER;
}
