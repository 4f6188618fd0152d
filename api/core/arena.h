/*
 * Memory of one request: taken piece by piece, given back all at once.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_CORE_ARENA_H
#define API_CORE_ARENA_H

#include <stddef.h>

struct arena;

/* Owned by the caller until arena_free(). Ends the process when out of memory. */
struct arena *arena_new(void);
/* Wipes and frees everything taken from it. NULL is legal. */
void arena_free(struct arena *);
/* Zeroed memory, aligned for any type; borrowed until arena_free(). */
void *arena_get(struct arena *, size_t len);
/* NUL-terminated copy of len bytes (which may contain anything). */
char *arena_text(struct arena *, const void *data, size_t len);
/* printf into the arena. */
char *arena_format(struct arena *, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
