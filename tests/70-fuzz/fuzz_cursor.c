/*
 * List cursors: no bytes of a stranger pass, ours pass in their own list only,
 * and not with one bit changed.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdint.h>
#include <string.h>

#include "auth/cursor.h"
#include "core/base64.h"
#include "core/check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static struct keys *
the_keys(void)
{
	static const uint8_t root[KEYS_LEN] = {1, 2, 3};
	static struct keys *keys;

	if (keys == NULL)
		keys = keys_new(root);
	return keys;
}

/* Takes up to size - 1 bytes for a text; NUL ends it. */
static void
field_take(char *out, size_t size, const uint8_t **data, size_t *len)
{
	size_t at = 0;

	while (*len > 0 && at < size - 1) {
		uint8_t byte = *(*data)++;

		(*len)--;
		if (byte == 0)
			break;
		out[at++] = (char)byte;
	}
	out[at] = '\0';
}

static void
own_check(const uint8_t *data, size_t len)
{
	struct cursor cursor = {.has_key = false}, out = {.has_key = false};
	char text[CURSOR_TEXT_MAX + 1];
	size_t text_len, at;
	uint8_t flip;

	if (len < 3)
		return;
	cursor.has_key = (data[0] & 1) != 0;
	at = data[1];
	flip = data[2] == 0 ? 1 : data[2];
	data += 3;
	len -= 3;
	field_take(cursor.sort, sizeof(cursor.sort), &data, &len);
	field_take(cursor.key, sizeof(cursor.key), &data, &len);
	field_take(cursor.id, sizeof(cursor.id), &data, &len);
	if (!cursor.has_key)
		cursor.key[0] = '\0';
	cursor_encode(text, the_keys(), "list", &cursor);
	text_len = strlen(text);
	must(text_len <= CURSOR_TEXT_MAX, "a cursor has its length");
	must(cursor_decode(&out, the_keys(), "list", text, text_len) == OK &&
		out.has_key == cursor.has_key &&
		strcmp(out.sort, cursor.sort) == 0 &&
		strcmp(out.key, cursor.key) == 0 &&
		strcmp(out.id, cursor.id) == 0,
	    "a cursor comes back as it went");
	must(cursor_decode(&out, the_keys(), "other", text, text_len) ==
		ERR_INVALID,
	    "but not in another list");
	text[at % text_len] = (char)(text[at % text_len] ^ flip);
	must(cursor_decode(&out, the_keys(), "list", text, text_len) ==
		ERR_INVALID,
	    "nor changed");
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct cursor out;
	char text[CURSOR_TEXT_MAX + 1];

	must(cursor_decode(&out, the_keys(), "list", (const char *)data, len) ==
		ERR_INVALID,
	    "nobody else makes a cursor");
	/* The same bytes behind a correct spelling. */
	if (BASE64_LEN(len) <= CURSOR_TEXT_MAX) {
		size_t text_len = base64_encode(text, data, len);

		must(cursor_decode(&out, the_keys(), "list", text, text_len) ==
			ERR_INVALID,
		    "nobody else makes a cursor");
	}
	own_check(data, len);
	return 0;
}
