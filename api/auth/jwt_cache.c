/*
 * A flat table: 256 comparisons of eight bytes are cheaper than anything
 * clever.
 *
 * SPDX-License-Identifier: ISC
 */
#include "auth/jwt_cache.h"

#include <string.h>

#include "core/heap.h"

struct entry {
	uint8_t digest[HASH_LEN];
	char kid[JWT_KID_MAX + 1];
	struct jwt_span span;
	uint64_t used; /* 0: empty */
};

struct jwt_cache {
	uint64_t clock;
	struct entry entry[JWT_CACHE_SIZE];
};

struct jwt_cache *
jwt_cache_new(void)
{
	return heap_new(sizeof(struct jwt_cache));
}

void
jwt_cache_free(struct jwt_cache *cache)
{
	heap_free(cache);
}

void
jwt_cache_clear(struct jwt_cache *cache)
{
	*cache = (struct jwt_cache){.clock = 0};
}

enum err
jwt_cache_find(char kid[JWT_KID_MAX + 1], struct jwt_cache *cache,
    const uint8_t digest[HASH_LEN], int64_t now_s)
{
	struct entry *entry = cache->entry;
	size_t at;

	for (at = 0; at < JWT_CACHE_SIZE; at++, entry++) {
		if (entry->used == 0 ||
		    memcmp(entry->digest, digest, HASH_LEN) != 0)
			continue;
		if (now_s < entry->span.from_s || now_s >= entry->span.until_s)
			break;
		entry->used = ++cache->clock;
		memcpy(kid, entry->kid, sizeof(entry->kid));
		return OK;
	}
	return ERR_NOT_FOUND;
}

void
jwt_cache_put(struct jwt_cache *cache, const uint8_t digest[HASH_LEN],
    const char *kid, struct jwt_span span)
{
	struct entry *oldest = &cache->entry[0];
	size_t at;

	for (at = 1; at < JWT_CACHE_SIZE; at++) {
		if (cache->entry[at].used < oldest->used)
			oldest = &cache->entry[at];
	}
	memcpy(oldest->digest, digest, HASH_LEN);
	memset(oldest->kid, 0, sizeof(oldest->kid));
	memcpy(oldest->kid, kid, strnlen(kid, JWT_KID_MAX));
	oldest->span = span;
	oldest->used = ++cache->clock;
}
