/*
 * The query string, strictly.
 *
 * SPDX-License-Identifier: ISC
 */
#include "http/query.h"

#include <string.h>

#include "core/hex.h"
#include "core/utf8.h"

char *
query_unescape(
    size_t *out_len, struct arena *arena, const char *text, size_t len)
{
	char *out = arena_get(arena, len + 1);
	size_t i;
	char byte;

	*out_len = 0;
	for (i = 0; i < len; i++) {
		byte = text[i] == '+' ? ' ' : text[i];
		if (byte == '%') {
			if (len - i < 3 ||
			    hex_decode(&byte, 1, text + i + 1, 2) != OK)
				return NULL;
			i += 2;
		}
		out[(*out_len)++] = byte;
	}
	out[*out_len] = '\0';
	return out;
}

/* One name or value; NULL when it is malformed. */
static const char *
query_decode(struct arena *arena, const char *text, size_t len)
{
	size_t out_len;
	const char *out = query_unescape(&out_len, arena, text, len);

	if (out == NULL)
		return NULL;
	if (memchr(out, '\0', out_len) != NULL ||
	    !utf8_is_valid(out, out_len) ||
	    utf8_find(out, out_len, UTF8_CONTROL | UTF8_LINE) != out_len)
		return NULL;
	return out;
}

static enum err
query_add(struct call_query *out, size_t *count, struct arena *arena,
    const char *pair, size_t len, bool is_strict)
{
	const char *equals = memchr(pair, '=', len);
	size_t i, name_len;
	const char *name, *value = "";

	if (!is_strict && len == 0)
		return OK;
	if ((equals == NULL && is_strict) || equals == pair)
		return ERR_MALFORMED;
	name_len = equals == NULL ? len : (size_t)(equals - pair);
	name = query_decode(arena, pair, name_len);
	if (equals != NULL)
		value = query_decode(arena, equals + 1, len - name_len - 1);
	if (name == NULL || value == NULL)
		return ERR_MALFORMED;
	for (i = 0; i < *count; i++) {
		if (strcmp(out[i].name, name) != 0)
			continue;
		if (is_strict)
			return ERR_MALFORMED;
		out[i].value =
		    arena_format(arena, "%s,%s", out[i].value, value);
		return OK;
	}
	if (*count == CALL_QUERY_MAX)
		return ERR_MALFORMED;
	out[*count].name = name;
	out[*count].value = value;
	(*count)++;
	return OK;
}

static enum err
query_read(struct call_query out[CALL_QUERY_MAX], size_t *count,
    struct arena *arena, const char *text, size_t len, bool is_strict)
{
	const char *end;
	size_t pair;
	enum err err;

	*count = 0;
	if (text == NULL || len == 0)
		return OK;
	for (;;) {
		end = memchr(text, '&', len);
		pair = end != NULL ? (size_t)(end - text) : len;
		err = query_add(out, count, arena, text, pair, is_strict);
		if (err != OK)
			return err;
		if (end == NULL)
			return OK;
		text += pair + 1;
		len -= pair + 1;
	}
}

enum err
query_parse(struct call_query out[CALL_QUERY_MAX], size_t *count,
    struct arena *arena, const char *text, size_t len)
{
	return query_read(out, count, arena, text, len, true);
}

enum err
query_parse_loose(struct call_query out[CALL_QUERY_MAX], size_t *count,
    struct arena *arena, const char *text, size_t len)
{
	return query_read(out, count, arena, text, len, false);
}
