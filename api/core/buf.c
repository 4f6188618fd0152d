/*
 * Growth by doubling up to the maximum; a put that would pass it leaves the
 * buffer as it was, but failed.
 *
 * SPDX-License-Identifier: ISC
 */
#include "core/buf.h"

#include <string.h>

#include "core/check.h"
#include "core/heap.h"

#define BUF_SIZE_MIN ((size_t)256)

void
buf_init(struct buf *buf, size_t max)
{
	*buf = (struct buf){.max = max};
}

void
buf_clear(struct buf *buf)
{
	heap_free(buf->data);
	buf_init(buf, buf->max);
}

void
buf_reset(struct buf *buf)
{
	buf->len = 0;
	buf->failed = false;
}

/* Whether len more bytes fit, after growing. */
static bool
has_room(struct buf *buf, size_t len)
{
	size_t size = buf->size;

	if (buf->failed)
		return false;
	must(buf->len <= buf->max, "a buffer is initialised");
	if (len <= size - buf->len)
		return true;
	if (len > buf->max - buf->len) {
		buf->failed = true;
		return false;
	}
	if (size < BUF_SIZE_MIN)
		size = BUF_SIZE_MIN;
	while (size < buf->len + len)
		size = size > buf->max / 2 ? buf->max : size * 2;
	if (size > buf->max)
		size = buf->max;
	buf->data = heap_resize(buf->data, size);
	buf->size = size;
	return true;
}

void
buf_put(struct buf *buf, const void *data, size_t len)
{
	if (len == 0 || !has_room(buf, len))
		return;
	memcpy(buf->data + buf->len, data, len);
	buf->len += len;
}

void
buf_text(struct buf *buf, const char *text)
{
	buf_put(buf, text, strlen(text));
}

void
buf_byte(struct buf *buf, uint8_t byte)
{
	if (!has_room(buf, 1))
		return;
	buf->data[buf->len++] = byte;
}

void
buf_int(struct buf *buf, int64_t number)
{
	char digits[20];
	size_t at = sizeof(digits);
	uint64_t rest = (uint64_t)number;

	if (number < 0)
		rest = 0 - rest;
	do {
		digits[--at] = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest > 0);
	if (number < 0)
		digits[--at] = '-';
	buf_put(buf, digits + at, sizeof(digits) - at);
}
