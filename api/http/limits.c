/*
 * Quotas of channels and of networks without a key.
 *
 * SPDX-License-Identifier: ISC
 */
#include "http/limits.h"

#include <stdio.h>
#include <string.h>

#include "core/check.h"
#include "core/clock.h"
#include "core/gcra.h"
#include "core/hash.h"
#include "core/heap.h"
#include "core/settings.h"
#include "health/counters.h"

#define CHANNEL_PLACES 4096
#define NETWORK_PLACES 65536
#define TEXT_MAX       64

enum quota { QUOTA_READS, QUOTA_WRITES, QUOTA_PUBLIC, QUOTA__COUNT };

static const char *const names[QUOTA__COUNT] = {
    [QUOTA_READS] = "reads",
    [QUOTA_WRITES] = "writes",
    [QUOTA_PUBLIC] = "public",
};

/* A key of a channel; all keys of one channel take from the same quotas. */
struct channel {
	char kid[65];
	uint64_t place[2];
	int quota[2];
};

static struct {
	struct gcra_table *of_channels; /* shared */
	struct gcra_table *of_networks;
	struct channel *channel; /* this worker's */
	size_t count;
	int64_t refused;
} limits;

void
limits_share(void)
{
	limits.of_channels = gcra_share(CHANNEL_PLACES);
	limits.of_networks = gcra_share(NETWORK_PLACES);
}

static uint64_t
place_of(const void *who, size_t len, enum quota quota)
{
	uint8_t hash[HASH_LEN];
	uint64_t place;

	hash_sha256(hash, who, len);
	memcpy(&place, hash + (size_t)quota * sizeof(place), sizeof(place));
	return place;
}

void
limits_load(const struct limits_row *rows, size_t count)
{
	struct channel *channel;
	size_t i;

	heap_free(limits.channel);
	limits.channel = heap_array(count + 1, sizeof(*limits.channel));
	limits.count = count;
	for (i = 0; i < count; i++) {
		channel = &limits.channel[i];
		(void)snprintf(
		    channel->kid, sizeof(channel->kid), "%s", rows[i].kid);
		channel->place[QUOTA_READS] = place_of(rows[i].channel_id,
		    strlen(rows[i].channel_id), QUOTA_READS);
		channel->place[QUOTA_WRITES] = place_of(rows[i].channel_id,
		    strlen(rows[i].channel_id), QUOTA_WRITES);
		channel->quota[QUOTA_READS] = rows[i].reads;
		channel->quota[QUOTA_WRITES] = rows[i].writes;
	}
}

static const struct channel *
channel_find(const char *kid)
{
	size_t i;

	for (i = 0; i < limits.count; i++)
		if (strcmp(limits.channel[i].kid, kid) == 0)
			return &limits.channel[i];
	return NULL;
}

static enum err
take(struct call *call, enum quota quota, struct gcra_table *table,
    uint64_t place, int64_t size)
{
	char text[TEXT_MAX];
	struct gcra left;
	int len;

	(void)gcra_take(&left, table, place, size, clock_mono_ms());
	len = snprintf(text, sizeof(text), "\"%s\";q=%lld;w=%d", names[quota],
	    (long long)size, GCRA_WINDOW_S);
	call->answer.rate_policy = arena_text(call->arena, text, (size_t)len);
	len = snprintf(text, sizeof(text), "\"%s\";r=%lld;t=%lld", names[quota],
	    (long long)left.left, (long long)left.full_s);
	call->answer.rate_left = arena_text(call->arena, text, (size_t)len);
	if (left.wait_s == 0)
		return OK;
	call->answer.retry_after = (int)left.wait_s;
	counters_set(COUNTERS_LIMITED, ++limits.refused);
	return ERR_TOO_MANY;
}

enum err
limits_check(struct call *call, bool is_write)
{
	enum quota quota = is_write ? QUOTA_WRITES : QUOTA_READS;
	const struct channel *channel;

	if (call->viewer.key_id != NULL) {
		channel = channel_find(call->viewer.key_id);
		must(channel != NULL, "a key that verifies has its limits");
		return take(call, quota, limits.of_channels,
		    channel->place[quota], channel->quota[quota]);
	}
	if (call->answer.format != ANSWER_OWN)
		return take(call, QUOTA_PUBLIC, limits.of_networks,
		    place_of(call->source, sizeof(call->source), QUOTA_PUBLIC),
		    settings_get()->public_rate);
	return OK;
}

enum err
limits_write(struct call *call, const char *channel_id, int quota)
{
	return take(call, QUOTA_WRITES, limits.of_channels,
	    place_of(channel_id, strlen(channel_id), QUOTA_WRITES), quota);
}
