/*
 * Blocks that double in size; a piece is cut from the newest one.
 *
 * SPDX-License-Identifier: ISC
 */
#include "core/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "core/check.h"
#include "core/heap.h"

/*
 * Under the address sanitizer only what was asked for may be touched. The gap
 * between pieces is what it watches.
 */
#ifdef CRM_SANITIZED
#include <sanitizer/asan_interface.h>
#define ARENA_GAP alignof(max_align_t)
#else
#define ASAN_POISON_MEMORY_REGION(at, len)   ((void)(at), (void)(len))
#define ASAN_UNPOISON_MEMORY_REGION(at, len) ((void)(at), (void)(len))
#define ARENA_GAP                            ((size_t)0)
#endif

#define ARENA_BLOCK_MIN ((size_t)4096)
#define ARENA_BLOCK_MAX ((size_t)64 * 1024)

struct block {
	struct block *older;
	size_t used;
	size_t size;
	alignas(max_align_t) uint8_t data[];
};

struct arena {
	struct block *newest;
	size_t next_size;
};

static struct block *
block_new(size_t size, struct block *older)
{
	struct block *block = heap_new(sizeof(*block) + size);

	block->older = older;
	block->size = size;
	ASAN_POISON_MEMORY_REGION(block->data, size);
	return block;
}

struct arena *
arena_new(void)
{
	struct arena *arena = heap_new(sizeof(*arena));

	arena->newest = block_new(ARENA_BLOCK_MIN, NULL);
	arena->next_size = ARENA_BLOCK_MIN * 2;
	return arena;
}

void
arena_free(struct arena *arena)
{
	struct block *block, *older;

	if (arena == NULL)
		return;
	for (block = arena->newest; block != NULL; block = older) {
		older = block->older;
		ASAN_UNPOISON_MEMORY_REGION(block->data, block->size);
		heap_wipe(block, sizeof(*block) + block->used);
	}
	heap_free(arena);
}

void *
arena_get(struct arena *arena, size_t len)
{
	size_t align = alignof(max_align_t), asked = len;
	struct block *block = arena->newest;
	void *piece;

	must(len <= SIZE_MAX / 4, "a piece of an arena fits in memory");
	len = (len + align - 1) / align * align + ARENA_GAP;
	if (len > block->size - block->used) {
		size_t size = arena->next_size;

		if (len > size)
			size = len;
		else if (arena->next_size < ARENA_BLOCK_MAX)
			arena->next_size *= 2;
		block = block_new(size, block);
		arena->newest = block;
	}
	piece = block->data + block->used;
	block->used += len;
	ASAN_UNPOISON_MEMORY_REGION(piece, asked);
	return piece;
}

char *
arena_text(struct arena *arena, const void *data, size_t len)
{
	char *text = arena_get(arena, len + 1);

	if (len > 0)
		memcpy(text, data, len);
	return text;
}

char *
arena_format(struct arena *arena, const char *format, ...)
{
	va_list list, again;
	char *text;
	int len;

	va_start(list, format);
	va_copy(again, list);
	len = vsnprintf(NULL, 0, format, list);
	va_end(list);
	must(len >= 0, "a format is well formed");
	text = arena_get(arena, (size_t)len + 1);
	(void)vsnprintf(text, (size_t)len + 1, format, again);
	va_end(again);
	return text;
}
