/*
 * What a request said does not stay behind in freed memory: Kore keeps heads
 * and bodies in memory of its own and gives it back, and to the next, as it is
 * (ld --wrap).
 *
 * SPDX-License-Identifier: ISC
 */
#include <openssl/crypto.h>
#include <string.h>

#include <kore/kore.h>

#include "core/check.h"

/* In front of every piece, as in Kore's mem.c. */
struct piece {
	size_t len;
	size_t magic;
};

#define PIECE_MAGIC 0xd0d0

void __real_kore_free(void *);
void __wrap_kore_free(void *);

void
__wrap_kore_free(void *memory)
{
	struct piece piece;

	if (memory != NULL) {
		memcpy(&piece, (char *)memory - sizeof(piece), sizeof(piece));
		must(piece.magic == PIECE_MAGIC, "Kore's memory has its head");
		OPENSSL_cleanse(memory, piece.len);
	}
	__real_kore_free(memory);
}
