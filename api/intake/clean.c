/*
 * Text from outside made fit for the API, see clean.h.
 *
 * SPDX-License-Identifier: ISC
 */
#include "intake/clean.h"

#include <string.h>

#include "core/utf8.h"

#define CUT       "\n[\xe2\x80\xa6]"
#define CUT_COUNT 4
#define UNKNOWN   0xfffdu

static void
point_put(struct buf *out, uint32_t point)
{
	uint8_t bytes[4];

	buf_put(out, bytes, utf8_write(bytes, point));
}

/* The character to keep, or 0 for none. */
static uint32_t
point_clean(uint32_t point, const uint8_t *data, size_t len, bool is_line)
{
	if (point == '\r') {
		return 0;
	}
	if (utf8_find(data, len, is_line ? UTF8_LINE : 0) != len) {
		return ' ';
	}
	return utf8_find(data, len,
		   is_line ? UTF8_CONTROL | UTF8_BIDI : UTF8_CONTROL) == len
	    ? point
	    : 0;
}

static void
blanks_trim(struct buf *out)
{
	while (out->len > 0 && strchr(" \t\n", out->data[out->len - 1])) {
		out->len--;
	}
}

/* True when all of it found room. */
static bool
clean(
    struct buf *out, const uint8_t *data, size_t len, size_t most, bool is_line)
{
	size_t count = 0;

	while (len > 0) {
		uint32_t point = UNKNOWN;
		size_t step = utf8_next(&point, data, len);

		if (step == 0) {
			step = 1;
			point = UNKNOWN;
		} else {
			point = point_clean(point, data, step, is_line);
		}
		data += step;
		len -= step;
		if (point == 0 ||
		    (out->len == 0 && point < 128 &&
			strchr(" \t\n", (int)point) != NULL)) {
			continue;
		}
		if (count == most) {
			return false;
		}
		count++;
		point_put(out, point);
	}
	return true;
}

void
clean_text(struct buf *out, const void *data, size_t len, size_t most)
{
	buf_reset(out);
	if (!clean(out, data, len, most, false)) {
		buf_reset(out);
		(void)clean(out, data, len, most - CUT_COUNT, false);
		blanks_trim(out);
		buf_text(out, CUT);
	}
	blanks_trim(out);
	buf_byte(out, 0);
	out->len--;
}

void
clean_line(struct buf *out, const void *data, size_t len, size_t most)
{
	buf_reset(out);
	(void)clean(out, data, len, most, true);
	blanks_trim(out);
	buf_byte(out, 0);
	out->len--;
}
