/*
 * Memory that outlives a request. Never returns NULL: a process without
 * memory ends, and its parent starts another.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_CORE_HEAP_H
#define API_CORE_HEAP_H

#include <stddef.h>

/* Zeroed; owned by the caller. len 0 gives one byte. */
void *heap_new(size_t len);
/* Zeroed array; a product that overflows ends the process. */
void *heap_array(size_t count, size_t len);
/* What is grown is not zeroed. memory may be NULL. */
void *heap_resize(void *memory, size_t len);
/* NUL-terminated copy. */
char *heap_text(const void *data, size_t len);
/* Also for what libraries allocated with malloc. NULL is legal. */
void heap_free(void *memory);
/* Wipes all of the block before it frees. NULL is legal. */
void heap_wipe_all(void *memory);
/* Wipes len bytes before it frees. NULL is legal. */
void heap_wipe(void *memory, size_t len);

#endif
