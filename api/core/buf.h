/*
 * A growing buffer that knows its maximum when it is born.
 *
 * After one put that would pass the maximum the buffer is failed, keeps what
 * it had and refuses all further puts; check buf.failed once at the end.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_CORE_BUF_H
#define API_CORE_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf {
	uint8_t *data;
	size_t len;
	size_t size;
	size_t max;
	bool failed;
};

void buf_init(struct buf *, size_t max);
/* Frees the memory; the buffer can be used again. */
void buf_clear(struct buf *);
/* Forgets the content, keeps the memory. */
void buf_reset(struct buf *);
void buf_put(struct buf *, const void *data, size_t len);
void buf_text(struct buf *, const char *text);
void buf_byte(struct buf *, uint8_t byte);
void buf_int(struct buf *, int64_t number);

#endif
