/*
 * Bodies of forms. See form.h.
 *
 * SPDX-License-Identifier: ISC
 */
#include "http/form.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "core/utf8.h"
#include "http/multipart.h"
#include "http/query.h"

static enum err
malformed(struct call *call)
{
	(void)call_invalid(call, "", "form");
	return ERR_MALFORMED;
}

static bool
is_text(const char *text, size_t len, unsigned kinds)
{
	return memchr(text, '\0', len) == NULL && utf8_is_valid(text, len) &&
	    utf8_find(text, len, kinds) == len;
}

/* CRLF and CR become LF, in place. */
static void
lines_make_plain(char *text)
{
	char *out = text;

	for (; *text != '\0'; text++) {
		if (*text == '\r' && text[1] == '\n')
			continue;
		*out++ = *text == '\r' ? '\n' : *text;
	}
	*out = '\0';
}

static enum err
field_add(struct call *call, const char *name, size_t name_len, char *value,
    size_t value_len)
{
	struct call_query *field = &call->form[call->form_count];

	if (name_len == 0 ||
	    !is_text(name, name_len, UTF8_CONTROL | UTF8_LINE) ||
	    !is_text(value, value_len, UTF8_CONTROL))
		return malformed(call);
	if (call->form_count == CALL_FORM_MAX)
		return call_invalid(call, "", "too_many");
	lines_make_plain(value);
	field->name = name;
	field->value = value;
	call->form_count++;
	return OK;
}

static enum err
pair_read(struct call *call, const char *text, size_t len)
{
	const char *equals = memchr(text, '=', len);
	size_t raw = equals == NULL ? len : (size_t)(equals - text);
	size_t name_len, value_len;
	char *name, *value;

	name = query_unescape(&name_len, call->arena, text, raw);
	text += equals == NULL ? len : raw + 1;
	len -= equals == NULL ? len : raw + 1;
	value = query_unescape(&value_len, call->arena, text, len);
	if (name == NULL || value == NULL)
		return malformed(call);
	return field_add(call, name, name_len, value, value_len);
}

static enum err
pairs_read(struct call *call, const char *text, size_t len)
{
	const char *end;
	size_t pair;
	enum err err;

	if (len > FORM_BYTES_MAX)
		return ERR_TOO_LARGE;
	while (len > 0) {
		end = memchr(text, '&', len);
		pair = end != NULL ? (size_t)(end - text) : len;
		/* "a=1&&b=2" and "a=1&": nothing stands there. */
		err = pair == 0 ? OK : pair_read(call, text, pair);
		if (err != OK)
			return err;
		if (end == NULL)
			return OK;
		text += pair + 1;
		len -= pair + 1;
	}
	return OK;
}

static bool
is_photo(const struct multipart_part *part)
{
	static const char *const names[] = {
	    "photo", "photo[]", "media", "media[]"};
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(part->name, names[i]) == 0)
			return true;
	return strncmp(part->type, "image/", 6) == 0;
}

static enum err
photo_add(struct call *call, const struct multipart_part *part)
{
	if (part->len == 0)
		return OK;
	if (call->photo_count == CALL_PHOTOS_MAX)
		return call_invalid(call, "/media", "too_many");
	call->photo[call->photo_count].data = part->data;
	call->photo[call->photo_count].len = part->len;
	call->photo_count++;
	return OK;
}

static enum err
parts_read(struct call *call, const char *content_type, const uint8_t *body,
    size_t len)
{
	const struct multipart_part *part;
	struct multipart parts;
	size_t i, bytes = 0;
	enum err err;

	err = multipart_parse_form(&parts, content_type, body, len);
	if (err == ERR_MALFORMED && parts.fault == MULTIPART_TOO_MANY)
		return call_invalid(call, "", "too_many");
	if (err == ERR_MALFORMED)
		return malformed(call);
	for (i = 0; err == OK && i < parts.count; i++) {
		part = &parts.part[i];
		if (is_photo(part)) {
			err = photo_add(call, part);
			continue;
		}
		bytes += part->len;
		if (bytes > FORM_BYTES_MAX)
			return ERR_TOO_LARGE;
		err = field_add(call,
		    arena_text(call->arena, part->name, strlen(part->name)),
		    strlen(part->name),
		    arena_text(
			call->arena, (const char *)part->data, part->len),
		    part->len);
	}
	return err;
}

/* With no parameter, or with the only charset there is. */
static bool
is_encoded(const char *type)
{
	static const char encoded[] = "application/x-www-form-urlencoded";

	if (strncasecmp(type, encoded, sizeof(encoded) - 1) != 0)
		return false;
	type += sizeof(encoded) - 1;
	type += strspn(type, " ");
	if (*type == '\0')
		return true;
	if (*type++ != ';')
		return false;
	type += strspn(type, " ");
	return *type == '\0' || strcasecmp(type, "charset=utf-8") == 0 ||
	    strcasecmp(type, "charset=\"utf-8\"") == 0;
}

enum err
form_read(struct call *call, const char *content_type, const uint8_t *body,
    size_t len)
{
	if (content_type != NULL && is_encoded(content_type))
		return pairs_read(call, (const char *)body, len);
	return parts_read(call, content_type, body, len);
}
