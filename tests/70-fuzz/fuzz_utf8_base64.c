/*
 * UTF-8, base64url, hexadecimal and UUIDs, each against a slow and simple
 * reading of its rule.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "core/base64.h"
#include "core/check.h"
#include "core/fold.h"
#include "core/heap.h"
#include "core/hex.h"
#include "core/utf8.h"
#include "core/uuid.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

/* By the definition: shortest form, no surrogates, up to U+10FFFF. */
static size_t
slow_next(uint32_t *point, const uint8_t *data, size_t len)
{
	static const struct {
		uint8_t mask, lead;
		size_t len;
		uint32_t min;
	} forms[] = {{0x80, 0x00, 1, 0}, {0xe0, 0xc0, 2, 0x80},
	    {0xf0, 0xe0, 3, 0x800}, {0xf8, 0xf0, 4, 0x10000}};
	size_t form, at;

	for (form = 0; form < 4; form++) {
		if ((data[0] & forms[form].mask) != forms[form].lead)
			continue;
		if (len < forms[form].len)
			return 0;
		*point = data[0] & (uint8_t)~forms[form].mask;
		for (at = 1; at < forms[form].len; at++) {
			if ((data[at] & 0xc0) != 0x80)
				return 0;
			*point = *point << 6 | (data[at] & 0x3f);
		}
		if (*point < forms[form].min || *point > 0x10ffff ||
		    (*point >= 0xd800 && *point <= 0xdfff))
			return 0;
		return forms[form].len;
	}
	return 0;
}

static void
utf8_check(const uint8_t *data, size_t len)
{
	uint32_t slow = 0, fast = 0;
	uint8_t again[4];
	size_t at = 0, step = 1, count = 0;

	while (at < len && step > 0) {
		step = slow_next(&slow, data + at, len - at);
		must(utf8_next(&fast, data + at, len - at) == step,
		    "both readings take the same bytes");
		if (step == 0)
			break;
		must(slow == fast, "and see the same character");
		must(utf8_write(again, fast) == step &&
			memcmp(again, data + at, step) == 0,
		    "which is written the same way");
		(void)fold_point(fast);
		at += step;
		count++;
	}
	must(utf8_is_valid(data, len) == (at == len),
	    "valid text is what can be read to its end");
	if (at < len)
		return;
	must(utf8_count(data, len) == count, "characters are counted right");
	must(utf8_find(data, len, 0) == len, "nothing is no kind");
	at = utf8_find(
	    data, len, UTF8_CONTROL | UTF8_LINE | UTF8_BIDI | UTF8_ZERO_WIDTH);
	must(at <= len, "what is found is inside");
	must(utf8_find(data, at,
		 UTF8_CONTROL | UTF8_LINE | UTF8_BIDI | UTF8_ZERO_WIDTH) == at,
	    "what is found is the first");
}

static void
base64_check(const uint8_t *data, size_t len)
{
	char *text = heap_new(BASE64_LEN(len) + 1);
	uint8_t *bytes = heap_new(len + 1);
	size_t text_len = base64_encode(text, data, len), bytes_len = 0;

	must(text_len == BASE64_LEN(len) && strlen(text) == text_len,
	    "the length is known beforehand");
	must(base64_decode(bytes, &bytes_len, len, text, text_len) == OK &&
		bytes_len == len && memcmp(bytes, data, len) == 0,
	    "what is encoded can be decoded");
	/* The other way round: what can be decoded is the one spelling. */
	if (base64_decode(bytes, &bytes_len, len, (const char *)data, len) ==
	    OK) {
		must(base64_encode(text, bytes, bytes_len) == len &&
			memcmp(text, data, len) == 0,
		    "there is one spelling");
	}
	heap_free(text);
	heap_free(bytes);
}

static void
hex_check(const uint8_t *data, size_t len)
{
	char *text = heap_new(2 * len + 1);
	uint8_t *bytes = heap_new(len + 1);

	hex_encode(text, data, len);
	must(hex_decode(bytes, len, text, 2 * len) == OK &&
		memcmp(bytes, data, len) == 0,
	    "what is encoded can be decoded");
	if (hex_decode(bytes, len / 2, (const char *)data, len) == OK) {
		hex_encode(text, bytes, len / 2);
		must(strncasecmp(text, (const char *)data, len) == 0,
		    "only the case may differ");
	}
	must(!uuid_is_valid((const char *)data, len) || len == UUID_LEN,
	    "a UUID has its length");
	heap_free(text);
	heap_free(bytes);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	utf8_check(data, len);
	base64_check(data, len);
	hex_check(data, len);
	return 0;
}
