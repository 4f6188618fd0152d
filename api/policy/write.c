/*
 * JSON text of single values.
 *
 * SPDX-License-Identifier: ISC
 */
#include "policy/write.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/json.h"
#include "core/mask.h"

void
write_text(struct buf *out, const char *text, size_t len)
{
	json_write_text(out, text, len);
}

void
write_member(struct buf *out, const char *key, const char *value)
{
	buf_text(out, key);
	write_text(out, value, strlen(value));
}

void
write_masked(struct buf *out, const char *text, size_t len)
{
	struct buf masked;

	buf_init(&masked, 3 * len + 64);
	(void)mask_public(&masked, text, len);
	json_write_text(out, (const char *)masked.data, masked.len);
	buf_clear(&masked);
}

void
write_parts(struct buf *out, const char *text, size_t len)
{
	const char *end = text + len;
	const char *space;

	buf_byte(out, '[');
	for (; text <= end; text = space + 1) {
		space = memchr(text, ' ', (size_t)(end - text));
		if (space == NULL)
			space = end;
		json_write_text(out, text, (size_t)(space - text));
		if (space < end)
			buf_byte(out, ',');
	}
	buf_byte(out, ']');
}

void
write_time(struct buf *out, const char *text, size_t len)
{
	char time[CLOCK_TEXT_LEN + 1];

	if (clock_from_database(time, text, len) != OK) {
		buf_text(out, "null");
		return;
	}
	buf_byte(out, '"');
	buf_text(out, time);
	buf_byte(out, '"');
}

void
write_degrees(struct buf *out, const char *text, bool coarse)
{
	char rounded[32];

	if (!coarse) {
		buf_text(out, text);
		return;
	}
	(void)snprintf(rounded, sizeof(rounded), "%.3f",
	    round(strtod(text, NULL) * 1000.0) / 1000.0);
	buf_text(out, rounded);
}

/* Next element of {a,b,c}; NULL at the end. */
static const char *
array_next(const char **cursor, size_t *len)
{
	const char *start = *cursor;

	if (*start == '{' || *start == ',')
		start++;
	*len = strcspn(start, ",}");
	if (*len == 0)
		return NULL;
	*cursor = start + *len;
	return start;
}

void
write_photos(
    struct buf *out, const char *ids, const char *widths, const char *heights)
{
	const char *id, *width, *height;
	size_t id_len, width_len, height_len;
	bool first = true;

	buf_byte(out, '[');
	while ((id = array_next(&ids, &id_len)) != NULL) {
		width = array_next(&widths, &width_len);
		height = array_next(&heights, &height_len);
		if (width == NULL || height == NULL)
			break;
		buf_text(out, first ? "{\"id\":\"" : ",{\"id\":\"");
		first = false;
		buf_put(out, id, id_len);
		buf_text(out, "\",\"width\":");
		buf_put(out, width, width_len);
		buf_text(out, ",\"height\":");
		buf_put(out, height, height_len);
		buf_text(out, ",\"thumb\":\"/api/v1/photos/");
		buf_put(out, id, id_len);
		buf_text(out, "?size=thumb\",\"full\":\"/api/v1/photos/");
		buf_put(out, id, id_len);
		buf_text(out, "?size=full\"}");
	}
	buf_byte(out, ']');
}

void
write_texts(struct buf *out, const char *array)
{
	const char *text;
	size_t len;
	bool first = true;

	buf_byte(out, '[');
	while ((text = array_next(&array, &len)) != NULL) {
		if (!first)
			buf_byte(out, ',');
		first = false;
		json_write_text(out, text, len);
	}
	buf_byte(out, ']');
}

void
write_links(struct buf *out, const char *ids, const char *tickets)
{
	const char *id, *ticket;
	size_t id_len, ticket_len;
	bool first = true;

	buf_byte(out, '[');
	while ((id = array_next(&ids, &id_len)) != NULL) {
		ticket = array_next(&tickets, &ticket_len);
		if (ticket == NULL)
			break;
		buf_text(out, first ? "{\"id\":\"" : ",{\"id\":\"");
		first = false;
		buf_put(out, id, id_len);
		buf_text(out, "\",\"ticket\":\"");
		buf_put(out, ticket, ticket_len);
		buf_text(out, "\"}");
	}
	buf_byte(out, ']');
}
