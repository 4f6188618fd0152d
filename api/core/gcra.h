/*
 * How often somebody may ask: the generic cell rate algorithm, in memory that
 * all workers share. A quota is for a minute: so many at once, and each comes
 * back after its share of the minute.
 *
 * Whoever asked least lately loses a place when a table is full; a key of
 * whom nothing is known has its whole quota.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_CORE_GCRA_H
#define API_CORE_GCRA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define GCRA_WINDOW_S 60

struct gcra_table;

/* What a taking left. */
struct gcra {
	int64_t left; /* of the quota, at once */
	int64_t full_s; /* seconds until all of it is back */
	int64_t wait_s; /* refused: seconds until one is back, else 0 */
};

/* Before the workers are forked; places is a power of two. */
struct gcra_table *gcra_share(size_t places);
void gcra_free(struct gcra_table *);
/*
 * Takes one of a key's quota (1 to 1000000 a minute); false when there is
 * none, which costs nothing. The quota may differ from the time before.
 * now_ms: clock_mono_ms().
 */
bool gcra_take(struct gcra *out, struct gcra_table *, uint64_t key,
    int64_t quota, int64_t now_ms);

#endif
