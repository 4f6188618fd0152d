/*
 * Frames between the reader of mail and its parent, see frame.h.
 *
 * SPDX-License-Identifier: ISC
 */
#include "intake/frame.h"

#define HEAD_LEN 5

void
frame_put(struct buf *out, char letter, const void *data, size_t len)
{
	const uint8_t head[HEAD_LEN] = {(uint8_t)letter, (uint8_t)(len >> 24),
	    (uint8_t)(len >> 16), (uint8_t)(len >> 8), (uint8_t)len};

	if (len > UINT32_MAX) {
		out->failed = true;
		return;
	}
	buf_put(out, head, sizeof(head));
	buf_put(out, data, len);
}

bool
frame_next(struct frame *out, const struct buf *in, size_t *at)
{
	const uint8_t *head = in->data + *at;
	size_t left = in->len - *at;
	size_t len;

	if (left < HEAD_LEN) {
		return false;
	}
	len = (size_t)head[1] << 24 | (size_t)head[2] << 16 |
	    (size_t)head[3] << 8 | head[4];
	if (len > left - HEAD_LEN) {
		return false;
	}
	out->letter = (char)head[0];
	out->data = head + HEAD_LEN;
	out->len = len;
	*at += HEAD_LEN + len;
	return true;
}
