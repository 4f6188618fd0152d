/*
 * Strict multipart/form-data, see multipart.h. What stands around it, the
 * Content-Type and the headers of a part, is read by multipart_header.c.
 *
 * SPDX-License-Identifier: ISC
 */
#include "http/multipart.h"

#include <stdbool.h>
#include <string.h>

#include "http/multipart_header.h"

/* The body and how far it has been read. */
struct reader {
	const uint8_t *body;
	size_t len;
	size_t at;
	bool is_form;
	char delimiter[MULTIPART_BOUNDARY_MAX + 5]; /* CRLF "--" boundary */
	size_t delimiter_len;
};

/*
 * Where the next delimiter starts, from at on; false when there is none. A
 * delimiter has its only CR in front, so a mismatch never has to look back,
 * and runs of CR are stepped over without a call each.
 */
static bool
find_delimiter(size_t *found, const struct reader *reader, size_t at)
{
	const uint8_t *next = reader->body + at;
	const uint8_t *end = reader->body + reader->len;

	while ((size_t)(end - next) >= reader->delimiter_len) {
		next = memchr(next, '\r', (size_t)(end - next));
		if (next == NULL ||
		    (size_t)(end - next) < reader->delimiter_len) {
			return false;
		}
		if (next[1] == '\n' && next[2] == '-' &&
		    memcmp(next, reader->delimiter, reader->delimiter_len) ==
			0) {
			*found = (size_t)(next - reader->body);
			return true;
		}
		next++;
		while (end - next >= 2 && next[0] == '\r' && next[1] != '\n') {
			next++;
		}
	}
	return false;
}

static bool
skip_line_end(struct reader *reader)
{
	if (reader->len - reader->at < 2 ||
	    memcmp(reader->body + reader->at, "\r\n", 2) != 0) {
		return false;
	}
	reader->at += 2;
	return true;
}

/* The first boundary needs no line before it. */
static bool
skip_start(struct reader *reader)
{
	size_t len = reader->delimiter_len - 2;

	(void)skip_line_end(reader);
	if (reader->len - reader->at < len ||
	    memcmp(reader->body + reader->at, reader->delimiter + 2, len) !=
		0) {
		return false;
	}
	reader->at += len;
	return true;
}

/* Behind a boundary: another part, or the end. */
static enum multipart_fault
after_boundary(bool *is_last, struct reader *reader)
{
	*is_last = reader->len - reader->at >= 2 &&
	    memcmp(reader->body + reader->at, "--", 2) == 0;
	if (*is_last) {
		reader->at += 2;
	}
	while (reader->at < reader->len &&
	    (reader->body[reader->at] == ' ' ||
		reader->body[reader->at] == '\t')) {
		reader->at++;
	}
	if (*is_last) {
		(void)skip_line_end(reader);
		return reader->at == reader->len ? MULTIPART_FINE
						 : MULTIPART_TRAILER;
	}
	if (reader->at == reader->len) {
		return MULTIPART_UNCLOSED;
	}
	return skip_line_end(reader) ? MULTIPART_FINE : MULTIPART_DELIMITER;
}

static bool
is_duplicate(const struct multipart *out, const struct multipart_part *part)
{
	if (strcmp(part->name, MULTIPART_REPEATED) == 0) {
		return false;
	}
	for (size_t i = 0; i < out->count; i++) {
		if (strcmp(out->part[i].name, part->name) == 0) {
			return true;
		}
	}
	return false;
}

/*
 * The reader stands on a part's headers; afterwards behind the boundary that
 * ends the part.
 */
static enum multipart_fault
read_part(struct multipart *out, struct reader *reader)
{
	struct multipart_part part = {.data = NULL};
	const uint8_t *head = reader->body + reader->at;
	enum multipart_fault fault;
	size_t end, head_len;

	if (out->count ==
	    (reader->is_form ? MULTIPART_FIELDS_MAX : MULTIPART_PARTS_MAX)) {
		return MULTIPART_TOO_MANY;
	}
	/* The line end before the headers may start the next boundary. */
	if (!find_delimiter(&end, reader, reader->at - 2)) {
		return MULTIPART_UNCLOSED;
	}
	if (end < reader->at) {
		return MULTIPART_HEADER;
	}
	fault = multipart_header_read(&part, &head_len, head, end - reader->at);
	if (fault != MULTIPART_FINE) {
		return fault;
	}
	if (!reader->is_form && is_duplicate(out, &part)) {
		return MULTIPART_DUPLICATE;
	}
	part.data = head + head_len;
	part.len = end - reader->at - head_len;
	out->part[out->count++] = part;
	reader->at = end + reader->delimiter_len;
	return MULTIPART_FINE;
}

static enum multipart_fault
parse(struct multipart *out, struct reader reader, const char *content_type)
{
	char boundary[MULTIPART_BOUNDARY_MAX + 1];
	enum multipart_fault fault =
	    multipart_header_boundary(boundary, content_type);
	bool is_last = false;

	if (fault != MULTIPART_FINE) {
		return fault;
	}
	memcpy(reader.delimiter, "\r\n--", 4);
	memcpy(reader.delimiter + 4, boundary, strlen(boundary));
	reader.delimiter_len = 4 + strlen(boundary);
	if (!skip_start(&reader)) {
		return MULTIPART_START;
	}
	fault = after_boundary(&is_last, &reader);
	while (fault == MULTIPART_FINE && !is_last) {
		fault = read_part(out, &reader);
		if (fault == MULTIPART_FINE) {
			fault = after_boundary(&is_last, &reader);
		}
	}
	return fault;
}

static enum err
parse_as(struct multipart *out, struct reader reader, const char *content_type)
{
	out->count = 0;
	out->fault = parse(out, reader, content_type);
	switch (out->fault) {
	case MULTIPART_FINE:
		return OK;
	case MULTIPART_MEDIA_TYPE:
		return ERR_MEDIA_TYPE;
	case MULTIPART_BOUNDARY:
	case MULTIPART_START:
	case MULTIPART_DELIMITER:
	case MULTIPART_UNCLOSED:
	case MULTIPART_TRAILER:
	case MULTIPART_HEADER:
	case MULTIPART_HEADERS_LARGE:
	case MULTIPART_NAME:
	case MULTIPART_ENCODING:
	case MULTIPART_DUPLICATE:
	case MULTIPART_TOO_MANY:
	case MULTIPART_FAULT__COUNT:
		break;
	}
	return ERR_MALFORMED;
}

enum err
multipart_parse(struct multipart *out, const char *content_type,
    const uint8_t *body, size_t len)
{
	return parse_as(
	    out, (struct reader){.body = body, .len = len}, content_type);
}

enum err
multipart_parse_form(struct multipart *out, const char *content_type,
    const uint8_t *body, size_t len)
{
	return parse_as(out,
	    (struct reader){.body = body, .len = len, .is_form = true},
	    content_type);
}

const char *
multipart_fault_text(enum multipart_fault fault)
{
	static const char *const texts[MULTIPART_FAULT__COUNT] = {
	    [MULTIPART_FINE] = "well-formed",
	    [MULTIPART_MEDIA_TYPE] = "not multipart/form-data",
	    [MULTIPART_BOUNDARY] = "no usable boundary",
	    [MULTIPART_START] = "does not start with the boundary",
	    [MULTIPART_DELIMITER] = "junk behind a boundary",
	    [MULTIPART_UNCLOSED] = "no closing boundary",
	    [MULTIPART_TRAILER] = "something behind the closing boundary",
	    [MULTIPART_HEADER] = "a part's header is not well-formed",
	    [MULTIPART_HEADERS_LARGE] = "a part's headers are too large",
	    [MULTIPART_NAME] = "a part has no plain name",
	    [MULTIPART_ENCODING] = "a part is encoded",
	    [MULTIPART_DUPLICATE] = "a part comes twice",
	    [MULTIPART_TOO_MANY] = "too many parts",
	};

	return texts[fault];
}
