/*
 * Request heads. Whatever is taken must be framed as it says, must survive
 * being compacted with its body untouched, and must then still be taken, in
 * few enough lines for Kore.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/heap.h"
#include "kore/guard.h"

#define SIZE      16384
#define BODY_MAX  1000000
#define LINES_MAX 24

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void
check_lines(const uint8_t *head, size_t len)
{
	size_t i, lines = 0;

	for (i = 0; i < len; i++)
		lines += head[i] == '\n';
	if (lines > LINES_MAX)
		abort();
}

static void
check_taken(
    uint8_t *copy, const uint8_t *data, size_t len, struct guard_head *head)
{
	size_t body = len - head->head_len, left;
	struct guard_head again;

	if (head->head_len > len || body > head->body_len ||
	    head->body_len > BODY_MAX || head->path_len == 0 ||
	    head->path + head->path_len > head->head_len ||
	    data[head->path] != '/')
		abort();
	left = guard_compact(head, copy, len);
	if (left > len || left - head->head_len != body ||
	    memcmp(copy + head->head_len, data + len - body, body) != 0)
		abort();
	check_lines(copy, head->head_len);
	if (guard_read(&again, copy, left, SIZE, BODY_MAX) != GUARD_OK ||
	    again.head_len != head->head_len ||
	    again.body_len != head->body_len)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	uint8_t *copy = heap_new(len);
	struct guard_head head;

	if (len > 0)
		memcpy(copy, data, len);
	switch (guard_read(&head, copy, len, SIZE, BODY_MAX)) {
	case GUARD_OK:
		check_taken(copy, data, len, &head);
		break;
	case GUARD_REFUSED:
		if (head.why == OK || err_status(head.why) < 400)
			abort();
		break;
	case GUARD_MORE:
		if (memmem(data, len, "\r\n\r\n", 4) != NULL || len >= SIZE)
			abort();
		break;
	}
	heap_free(copy);
	return 0;
}
