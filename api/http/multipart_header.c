/*
 * Content-Type and Content-Disposition, see multipart_header.h.
 *
 * SPDX-License-Identifier: ISC
 */
#include "http/multipart_header.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#define CONTENT_TYPE_MAX 512
#define LINES_MAX        16

/* A piece of text that is read from its front. */
struct text {
	const char *data;
	size_t len;
};

static bool
is_alnum(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
	    (c >= 'a' && c <= 'z');
}

/* RFC 9110, 5.6.2 */
static bool
is_token(char c)
{
	return is_alnum(c) || (c != '\0' && strchr("!#$%&'*+-.^_`|~", c));
}

/* RFC 2046, 5.1.1: bchars; a space may not be the last. */
static bool
is_boundary(char c)
{
	return is_alnum(c) || (c != '\0' && strchr("'()+_,-./:=? ", c));
}

static bool
is_same(const struct text *text, const char *word)
{
	return text->len == strlen(word) &&
	    strncasecmp(text->data, word, text->len) == 0;
}

static void
skip(struct text *text, size_t len)
{
	text->data += len;
	text->len -= len;
}

static void
skip_space(struct text *text)
{
	while (
	    text->len > 0 && (text->data[0] == ' ' || text->data[0] == '\t')) {
		skip(text, 1);
	}
}

static bool
take_char(struct text *text, char c)
{
	if (text->len == 0 || text->data[0] != c) {
		return false;
	}
	skip(text, 1);
	return true;
}

static struct text
take_token(struct text *text)
{
	struct text token = {text->data, 0};

	while (text->len > 0 && is_token(text->data[0])) {
		skip(text, 1);
		token.len++;
	}
	return token;
}

/* Without its quotes; what is escaped stays escaped. */
static bool
take_quoted(struct text *out, struct text *text)
{
	*out = (struct text){text->data + 1, 0};
	skip(text, 1);
	while (text->len > 0 && text->data[0] != '"') {
		if (text->data[0] == '\\' && text->len > 1) {
			skip(text, 1);
			out->len++;
		}
		skip(text, 1);
		out->len++;
	}
	return take_char(text, '"');
}

/* Unquoted values are cut at ";" and space, and checked by who uses them. */
static bool
take_value(struct text *out, struct text *text)
{
	if (text->len > 0 && text->data[0] == '"') {
		return take_quoted(out, text);
	}
	*out = (struct text){text->data, 0};
	while (text->len > 0 && strchr("; \t", text->data[0]) == NULL) {
		skip(text, 1);
		out->len++;
	}
	return out->len > 0;
}

/* Takes `; name=value`. False at the end and, with is_bad, for junk. */
static bool
take_parameter(
    struct text *name, struct text *value, struct text *text, bool *is_bad)
{
	*is_bad = false;
	skip_space(text);
	if (text->len == 0) {
		return false;
	}
	*is_bad = true;
	if (!take_char(text, ';')) {
		return false;
	}
	skip_space(text);
	if (text->len == 0) {
		*is_bad = false;
		return false;
	}
	*name = take_token(text);
	if (name->len == 0 || !take_char(text, '=') ||
	    !take_value(value, text)) {
		return false;
	}
	*is_bad = false;
	return true;
}

/* token "/" token, leaving the parameters in text. */
static bool
take_media_type(struct text *out, struct text *text)
{
	struct text main = take_token(text);

	*out = main;
	if (main.len == 0 || !take_char(text, '/')) {
		return false;
	}

	struct text sub = take_token(text);

	out->len += 1 + sub.len;
	return sub.len > 0;
}

static bool
copy_boundary(
    char boundary[MULTIPART_BOUNDARY_MAX + 1], const struct text *value)
{
	if (value->len == 0 || value->len > MULTIPART_BOUNDARY_MAX ||
	    value->data[value->len - 1] == ' ') {
		return false;
	}
	for (size_t i = 0; i < value->len; i++) {
		if (!is_boundary(value->data[i])) {
			return false;
		}
	}
	memcpy(boundary, value->data, value->len);
	boundary[value->len] = '\0';
	return true;
}

enum multipart_fault
multipart_header_boundary(
    char boundary[MULTIPART_BOUNDARY_MAX + 1], const char *content_type)
{
	struct text text = {content_type, 0};
	struct text type, name, value;
	bool is_bad, has_boundary = false;

	if (content_type == NULL) {
		return MULTIPART_MEDIA_TYPE;
	}
	text.len = strnlen(content_type, CONTENT_TYPE_MAX + 1);
	skip_space(&text);
	if (text.len > CONTENT_TYPE_MAX || !take_media_type(&type, &text) ||
	    !is_same(&type, "multipart/form-data")) {
		return MULTIPART_MEDIA_TYPE;
	}
	while (take_parameter(&name, &value, &text, &is_bad)) {
		if (!is_same(&name, "boundary")) {
			continue;
		}
		if (has_boundary || !copy_boundary(boundary, &value)) {
			return MULTIPART_BOUNDARY;
		}
		has_boundary = true;
	}
	return has_boundary && !is_bad ? MULTIPART_FINE : MULTIPART_BOUNDARY;
}

static bool
copy_name(struct multipart_part *part, const struct text *value)
{
	if (value->len == 0 || value->len > MULTIPART_NAME_MAX) {
		return false;
	}
	for (size_t i = 0; i < value->len; i++) {
		char c = value->data[i];

		if (!is_alnum(c) && (c == '\0' || !strchr("_-[]", c))) {
			return false;
		}
	}
	memcpy(part->name, value->data, value->len);
	return true;
}

/* The file name is a parameter like any other: passed over. */
static enum multipart_fault
read_disposition(struct multipart_part *part, struct text text)
{
	struct text kind = take_token(&text);
	struct text name, value;
	bool is_bad;

	if (part->name[0] != '\0' || !is_same(&kind, "form-data")) {
		return MULTIPART_HEADER;
	}
	while (take_parameter(&name, &value, &text, &is_bad)) {
		if (!is_same(&name, "name")) {
			continue;
		}
		if (part->name[0] != '\0' || !copy_name(part, &value)) {
			return MULTIPART_NAME;
		}
	}
	if (is_bad) {
		return MULTIPART_HEADER;
	}
	return part->name[0] == '\0' ? MULTIPART_NAME : MULTIPART_FINE;
}

static enum multipart_fault
read_type(struct multipart_part *part, struct text text)
{
	struct text type, name, value;
	bool is_bad;

	if (part->type[0] != '\0' || !take_media_type(&type, &text) ||
	    type.len > MULTIPART_TYPE_MAX) {
		return MULTIPART_HEADER;
	}
	while (take_parameter(&name, &value, &text, &is_bad)) {
		continue;
	}
	if (is_bad) {
		return MULTIPART_HEADER;
	}
	for (size_t i = 0; i < type.len; i++) {
		char c = type.data[i];

		part->type[i] = (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
	}
	return MULTIPART_FINE;
}

static enum multipart_fault
read_line(struct multipart_part *part, struct text line)
{
	struct text name = take_token(&line);

	if (name.len == 0 || !take_char(&line, ':')) {
		return MULTIPART_HEADER;
	}
	for (size_t i = 0; i < line.len; i++) {
		unsigned char c = (unsigned char)line.data[i];

		if ((c < 0x20 && c != '\t') || c == 0x7f) {
			return MULTIPART_HEADER;
		}
	}
	skip_space(&line);
	if (is_same(&name, "content-disposition")) {
		return read_disposition(part, line);
	}
	if (is_same(&name, "content-type")) {
		return read_type(part, line);
	}
	if (is_same(&name, "content-transfer-encoding") &&
	    !is_same(&line, "binary") && !is_same(&line, "8bit") &&
	    !is_same(&line, "7bit")) {
		return MULTIPART_ENCODING;
	}
	return MULTIPART_FINE;
}

static bool
take_line(struct text *line, struct text *text)
{
	const char *end = memmem(text->data, text->len, "\r\n", 2);

	if (end == NULL) {
		return false;
	}
	*line = (struct text){text->data, (size_t)(end - text->data)};
	skip(text, line->len + 2);
	return true;
}

enum multipart_fault
multipart_header_read(
    struct multipart_part *part, size_t *used, const uint8_t *data, size_t len)
{
	bool is_cut = len > MULTIPART_HEADERS_MAX;
	struct text text = {
	    (const char *)data, is_cut ? MULTIPART_HEADERS_MAX : len};
	struct text line;

	for (unsigned lines = 0; take_line(&line, &text); lines++) {
		enum multipart_fault fault;

		if (line.len == 0) {
			*used = (size_t)(text.data - (const char *)data);
			if (part->type[0] == '\0') {
				memcpy(part->type, "text/plain",
				    sizeof("text/plain"));
			}
			return part->name[0] == '\0' ? MULTIPART_NAME
						     : MULTIPART_FINE;
		}
		if (lines == LINES_MAX) {
			return MULTIPART_HEADERS_LARGE;
		}
		fault = read_line(part, line);
		if (fault != MULTIPART_FINE) {
			return fault;
		}
	}
	return is_cut ? MULTIPART_HEADERS_LARGE : MULTIPART_HEADER;
}
