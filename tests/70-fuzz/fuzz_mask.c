/*
 * Masking: any text comes out as UTF-8, in bounds, the same when nothing was
 * found, otherwise with pieces replaced and no other change; and a number or
 * an address that is planted, in whatever spelling, is gone.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "core/check.h"
#include "core/fold.h"
#include "core/heap.h"
#include "core/mask.h"
#include "core/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

typedef size_t (*mask_fn)(struct buf *, const char *, size_t);

/* Pieces from which texts are made: everything a mask looks at. */
static const char *const pieces[] = {"0", "8", "1", "62", "+62", "021", "3171",
    "0812", "2023", " ", "  ", "-", ".", "(", ")", "\n", ",", ":", "/", "@",
    "[", "]", "at", "dot", "titik", "gmail", ".com", ".co.id", "a", "B", "xyz",
    "ABC", "1234", "hp", "wa ", "nik ", "rp ", "JK", "nama saya ", "a.n. ",
    "Budi ", "plat ", "blok ", "&#48;", "&#x38;", "&amp;", "&nbsp;", "&", ";",
    "\xe2\x80\x8b", "\xef\xbc\x90", "\xc2\xad", "\xc3\xa9", "\xf0\x9f\x98\x80",
    "\xf0\x9d\x9f\x8e", "[NIK]", "[telepon]", "o", "O8"};

/* Each byte of data becomes a piece. */
static void
build(struct buf *out, const uint8_t *data, size_t len)
{
	size_t at;

	for (at = 0; at < len; at++)
		buf_text(out,
		    pieces[data[at] % (sizeof(pieces) / sizeof(pieces[0]))]);
}

static bool
is_token(const char *text, size_t len, size_t *token_len)
{
	static const char *const tokens[] = {
	    "[NIK]", "[telepon]", "[surel]", "[plat]", "[nama]"};
	size_t at;

	for (at = 0; at < sizeof(tokens) / sizeof(tokens[0]); at++) {
		*token_len = strlen(tokens[at]);
		if (len >= *token_len &&
		    memcmp(text, tokens[at], *token_len) == 0)
			return true;
	}
	return false;
}

/*
 * Whether the result is the text with pieces replaced: every stretch between
 * tokens is found in the text, in order. Only for texts without brackets.
 */
static bool
is_replaced(const struct buf *out, const char *text, size_t len)
{
	const char *result = (const char *)out->data, *rest = text, *found;
	size_t at = 0, from = 0, token_len;

	if (memchr(text, '[', len) != NULL)
		return true;
	while (from < out->len) {
		at = from;
		while (at < out->len &&
		    !is_token(result + at, out->len - at, &token_len))
			at++;
		found = memmem(rest, len - (size_t)(rest - text), result + from,
		    at - from);
		if (found == NULL || (from == 0 && found != text))
			return false;
		rest = found + (at - from);
		from = at == out->len ? at : at + token_len;
	}
	return true;
}

static void
mask_check(mask_fn mask, const char *text, size_t len)
{
	struct buf out;
	size_t found;

	buf_init(&out, 3 * len);
	found = mask(&out, text, len);
	must(!out.failed, "the result is at most three times as long");
	must(utf8_is_valid(out.data, out.len), "the result is UTF-8");
	if (found == 0) {
		must(out.len == len &&
			(len == 0 || memcmp(out.data, text, len) == 0),
		    "without a find nothing changes");
	}
	must(is_replaced(&out, text, len), "only finds are replaced");
	buf_clear(&out);
}

/* Adds a digit in one of its dresses. */
static void
put_digit(struct buf *text, char digit, uint8_t dress)
{
	uint32_t value = (uint32_t)(digit - '0');
	uint8_t bytes[4];

	switch (dress % 8) {
	case 0:
		buf_put(text, bytes, utf8_write(bytes, 0xff10 + value));
		break;
	case 1:
		buf_put(text, bytes, utf8_write(bytes, 0x1d7ce + value));
		break;
	case 2:
		buf_text(text, "&#");
		buf_int(text, digit);
		buf_byte(text, ';');
		break;
	case 3:
		buf_put(text, bytes, utf8_write(bytes, 0x0660 + value));
		break;
	case 4:
		buf_byte(text, (uint8_t)digit);
		buf_text(text, "\xe2\x80\x8b");
		break;
	default:
		buf_byte(text, (uint8_t)digit);
		break;
	}
}

/* A number in dresses, with one kind of gap every so many digits. */
static void
put_number(struct buf *text, const char *number, const uint8_t *choice)
{
	static const char *const gaps[] = {" ", "-", ".", "\xc2\xa0", " - "};
	size_t at, every = choice[1] % 3 + 3;

	for (at = 0; number[at] != '\0'; at++) {
		if (choice[0] % 2 == 1 && at > 3 && (at - 4) % every == 0 &&
		    strlen(number) - at > 1)
			buf_text(text, gaps[choice[2] % 5]);
		put_digit(text, number[at], choice[3 + at % 5]);
	}
}

/* Not one digit of what was planted may be left, in whatever dress. */
static void
plant_check(const uint8_t choice[9])
{
	static const char *const numbers[] = {"081234567890", "0811222333",
	    "0895332211445", "3171035101890005", "6281234567890"};
	const char *number = numbers[choice[8] % 5];
	struct buf text, out;
	size_t at, step;
	uint32_t point = 0;

	buf_init(&text, 400);
	buf_init(&out, 1200);
	buf_text(&text, choice[8] < 128 ? "lapor ke: " : "(");
	/* A NIK in groups is written 4-4-4-4. */
	if (choice[8] % 5 == 3) {
		uint8_t even[9];

		memcpy(even, choice, sizeof(even));
		even[1] = 1;
		put_number(&text, number, even);
	} else {
		put_number(&text, number, choice);
	}
	buf_text(&text, choice[8] % 2 == 0 ? ") terima kasih" : "\nsekian");
	must(!text.failed, "the text has room");
	must(mask_text(&out, (char *)text.data, text.len) == 1,
	    "what is planted is found once");
	for (at = 0; at < out.len; at += step) {
		step = utf8_next(&point, out.data + at, out.len - at);
		must(fold_point(point) < '0' || fold_point(point) > '9',
		    "no digit is left");
	}
	buf_clear(&text);
	buf_clear(&out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct buf text;

	if (utf8_is_valid(data, len)) {
		mask_check(mask_text, (const char *)data, len);
		mask_check(mask_public, (const char *)data, len);
	}
	buf_init(&text, 16 * len + 1);
	build(&text, data, len);
	buf_byte(&text, '.');
	mask_check(mask_text, (const char *)text.data, text.len);
	mask_check(mask_public, (const char *)text.data, text.len);
	buf_clear(&text);
	if (len >= 9)
		plant_check(data);
	return 0;
}
