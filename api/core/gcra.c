/*
 * Each key has the moment at which all it took will be back. One more moves
 * that moment on, and must not move it further than a window ahead of now.
 *
 * SPDX-License-Identifier: ISC
 */
#include "core/gcra.h"

#include <sys/mman.h>

#include <stdatomic.h>

#include "core/check.h"

#define NS_PER_S  INT64_C(1000000000)
#define NS_PER_MS INT64_C(1000000)
#define WINDOW_NS (GCRA_WINDOW_S * NS_PER_S)
#define PROBES    8
#define QUOTA_MAX 1000000

struct place {
	_Atomic uint64_t key; /* 0: nobody's */
	_Atomic int64_t back; /* ns */
};

struct gcra_table {
	size_t places;
	struct place place[];
};

static size_t
table_size(size_t places)
{
	return sizeof(struct gcra_table) + places * sizeof(struct place);
}

struct gcra_table *
gcra_share(size_t places)
{
	struct gcra_table *table;

	must(places >= PROBES && (places & (places - 1)) == 0,
	    "a table has a power of two of places");
	table = mmap(NULL, table_size(places), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	must(table != MAP_FAILED, "there is memory at start");
	table->places = places;
	return table;
}

void
gcra_free(struct gcra_table *table)
{
	if (table != NULL)
		(void)munmap(table, table_size(table->places));
}

/* The place of a key, or the one it may take. */
static struct place *
place_look(struct gcra_table *table, uint64_t key)
{
	struct place *place, *oldest = NULL;
	size_t i;

	for (i = 0; i < PROBES; i++) {
		place = &table->place[(key + i) & (table->places - 1)];
		if (atomic_load(&place->key) == key)
			return place;
		if (oldest == NULL ||
		    atomic_load(&place->back) < atomic_load(&oldest->back))
			oldest = place;
	}
	return oldest;
}

static struct place *
place_of(struct gcra_table *table, uint64_t key)
{
	struct place *place;
	uint64_t had;

	for (;;) {
		place = place_look(table, key);
		had = atomic_load(&place->key);
		if (had == key)
			return place;
		/* Another worker may have taken it, for the same key even. */
		if (atomic_compare_exchange_strong(&place->key, &had, key)) {
			atomic_store(&place->back, 0);
			return place;
		}
	}
}

static int64_t
seconds(int64_t ns)
{
	return ns <= 0 ? 0 : (ns + NS_PER_S - 1) / NS_PER_S;
}

bool
gcra_take(struct gcra *out, struct gcra_table *table, uint64_t key,
    int64_t quota, int64_t now_ms)
{
	struct place *place = place_of(table, key != 0 ? key : 1);
	int64_t now = now_ms * NS_PER_MS, share, back, next;

	must(quota >= 1 && quota <= QUOTA_MAX, "a quota is sane");
	share = WINDOW_NS / quota;
	back = atomic_load(&place->back);
	do {
		next = (back > now ? back : now) + share;
		if (next > now + WINDOW_NS) {
			*out = (struct gcra){.full_s = seconds(back - now),
			    .wait_s = seconds(next - now - WINDOW_NS)};
			return false;
		}
	} while (!atomic_compare_exchange_weak(&place->back, &back, next));
	*out = (struct gcra){.left = (now + WINDOW_NS - next) / share,
	    .full_s = seconds(next - now)};
	return true;
}
