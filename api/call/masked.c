/*
 * Masked copies of input. See masked.h.
 *
 * SPDX-License-Identifier: ISC
 */
#include "call/masked.h"

#include <string.h>

#include "core/mask.h"
#include "core/mask_sender.h"

/* Three times the longest text, of four bytes a character. */
#define MASKED_MAX (3u * 4 * 4000 + 64)

static const char *
masked(struct call *call, const char *text,
    size_t (*mask)(struct buf *, const char *, size_t))
{
	struct buf out;
	const char *copy;

	if (text == NULL)
		return NULL;
	buf_init(&out, MASKED_MAX);
	(void)mask(&out, text, strlen(text));
	copy = arena_text(call->arena, out.data, out.len);
	buf_clear(&out);
	return copy;
}

const char *
masked_text(struct call *call, const char *text)
{
	return masked(call, text, mask_text);
}

const char *
masked_sender(struct call *call, const char *text, const char *name)
{
	struct buf out;
	const char *copy = text;

	if (text == NULL || name == NULL)
		return text;
	buf_init(&out, 2 * MASKED_MAX);
	if (mask_sender(&out, text, strlen(text), name) > 0 && !out.failed)
		copy = arena_text(call->arena, out.data, out.len);
	buf_clear(&out);
	return copy;
}

const char *
masked_public(struct call *call, const char *text)
{
	return masked(call, text, mask_public);
}
