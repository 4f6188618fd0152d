/*
 * The home of malloc: every other file asks here, so that running out of
 * memory is decided once.
 *
 * SPDX-License-Identifier: ISC
 */
#include "core/heap.h"

#include <malloc.h>
#include <openssl/crypto.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/check.h"

#undef calloc
#undef free
#undef realloc

void *
heap_new(size_t len)
{
	void *memory = calloc(1, len == 0 ? 1 : len);

	must(memory != NULL, "there is memory");
	return memory;
}

void *
heap_array(size_t count, size_t len)
{
	must(len == 0 || count <= SIZE_MAX / len, "an array fits in memory");
	return heap_new(count * len);
}

void *
heap_resize(void *memory, size_t len)
{
	void *grown = realloc(memory, len == 0 ? 1 : len);

	must(grown != NULL, "there is memory");
	return grown;
}

char *
heap_text(const void *data, size_t len)
{
	char *text;

	must(len < SIZE_MAX, "an array fits in memory");
	text = heap_new(len + 1);
	if (len > 0)
		memcpy(text, data, len);
	return text;
}

void
heap_free(void *memory)
{
	free(memory);
}

void
heap_wipe_all(void *memory)
{
	heap_wipe(memory, memory == NULL ? 0 : malloc_usable_size(memory));
}

void
heap_wipe(void *memory, size_t len)
{
	if (memory != NULL)
		OPENSSL_cleanse(memory, len);
	free(memory);
}
