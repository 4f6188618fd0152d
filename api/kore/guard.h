/*
 * Reads one HTTP/1.x request head before Kore does and refuses everything Kore
 * 4.1.0 is lax about: framing tricks, duplicate headers, pipelining. Pure, no
 * memory of its own.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_KORE_GUARD_H
#define API_KORE_GUARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/err.h"

#define GUARD_HEADERS_MAX 64
#define GUARD_TARGET_MAX  1900

enum guard { GUARD_MORE, GUARD_OK, GUARD_REFUSED };

struct guard_head {
	enum err why; /* GUARD_REFUSED: answer this and close */
	size_t head_len; /* GUARD_OK: with the blank line */
	uint64_t body_len; /* as declared */
	bool expects_continue;
	bool is_post;
	bool has_parts; /* Content-Type: multipart/form-data */
	bool speaks_indonesian; /* Accept-Language prefers id; also when
				 * refused after its header was read */
	size_t path; /* offset and length, without the query */
	size_t path_len;
	size_t authorization; /* offset and length of the value */
	size_t authorization_len; /* 0: there is none */
	bool has_cookie;
};

/*
 * Reads the first len bytes of a connection's buffer of size bytes. GUARD_MORE:
 * the head is not complete yet. Everything after the head must belong to its
 * body.
 */
enum guard guard_read(struct guard_head *out, const uint8_t *data, size_t len,
    size_t size, uint64_t body_max);
/*
 * After GUARD_OK: takes out, in place, every header the application never
 * reads, empty ones and repetitions, and blanks bytes that Kore would answer
 * with 400. Kore silently drops headers after the 23rd; fewer are left. Returns
 * the new length of the data; head->head_len is brought up to date.
 */
size_t guard_compact(struct guard_head *head, uint8_t *data, size_t len);

#endif
