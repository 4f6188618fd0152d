/*
 * This worker's table of the channels' keys.
 *
 * SPDX-License-Identifier: ISC
 */
#include "http/channels.h"

#include <stdlib.h>

#include "core/arena.h"
#include "core/clock.h"
#include "core/log.h"
#include "db/db.h"
#include "health/health.h"
#include "http/limits.h"
#include "kore/loop.h"

#define REFRESH_MS 45000 /* what was changed is known within a minute */
#define RETRY_MS   1000
/* Reads that tokens of unknown keys may ask for at once, then one every so
 * often. */
#define BURST    5
#define EVERY_MS 200
#define LATE_MAX 64 /* so that made-up keys cannot fill the memory */

TAILQ_HEAD(waits, channels_wait);

static struct {
	struct jwt_verifier *verifier;
	struct arena *arena; /* of the batch; NULL when none is on its way */
	struct db_batch *batch;
	int64_t asked; /* clock_mono_ms() of the last batch */
	int64_t paid; /* clock_mono_ms() until which such reads are paid for */
	bool is_loaded;
	struct waits waiting; /* for the batch on its way */
	struct waits late; /* since it was sent: it may not know their key */
	size_t late_count;
} channels;

static enum err ask(int64_t now);

static int
number(const struct db_rows *rows, size_t row, int column)
{
	return (int)strtol(db_rows_text(rows, row, column), NULL, 10);
}

static void
load(const struct db_rows *rows, struct arena *arena)
{
	size_t count = db_rows_count(rows), i, refused;
	struct jwt_row *row = arena_get(arena, (count + 1) * sizeof(*row));
	struct limits_row *limit =
	    arena_get(arena, (count + 1) * sizeof(*limit));
	int kid = db_rows_column(rows, "kid", 0);
	int alg = db_rows_column(rows, "alg", 0);
	int pem = db_rows_column(rows, "public_key", 0);
	int issuer = db_rows_column(rows, "issuer", 0);
	int audience = db_rows_column(rows, "audience", 0);
	int channel = db_rows_column(rows, "channel_id", 0);
	int reads = db_rows_column(rows, "reads_per_minute", 0);
	int writes = db_rows_column(rows, "writes_per_minute", 0);

	for (i = 0; i < count; i++) {
		row[i].kid = db_rows_text(rows, i, kid);
		row[i].alg = db_rows_text(rows, i, alg);
		row[i].pem = db_rows_text(rows, i, pem);
		row[i].issuer = db_rows_text(rows, i, issuer);
		row[i].audience = db_rows_text(rows, i, audience);
		limit[i].kid = row[i].kid;
		limit[i].channel_id = db_rows_text(rows, i, channel);
		limit[i].reads = number(rows, i, reads);
		limit[i].writes = number(rows, i, writes);
	}
	limits_load(limit, count);
	refused = jwt_verifier_load(channels.verifier, row, count);
	if (refused > 0)
		log_event(LOG_LEVEL_WARNING, "channel_keys_refused",
		    log_int("count", (int64_t)refused));
	channels.is_loaded = true;
	health_keys_loaded();
}

/* Takes one of the reads that may be asked for; false when there is none. */
static bool
pay(int64_t now)
{
	if (channels.paid > now + (int64_t)(BURST - 1) * EVERY_MS)
		return false;
	channels.paid = (channels.paid > now ? channels.paid : now) + EVERY_MS;
	return true;
}

static void
tell(struct waits *waits, enum err err)
{
	struct channels_wait *wait;

	while ((wait = TAILQ_FIRST(waits)) != NULL) {
		channels_forget(wait);
		wait->err = err;
		wait->done(wait);
	}
}

/* Those who came late have another batch sent, as soon as it can be had. */
static void
late_ask(int64_t now)
{
	struct channels_wait *wait;
	enum err err;

	if (TAILQ_EMPTY(&channels.late) || channels.batch != NULL || !pay(now))
		return;
	err = ask(now);
	if (err != OK) {
		tell(&channels.late, err);
		return;
	}
	TAILQ_FOREACH(wait, &channels.late, list)
	wait->is_late = false;
	TAILQ_CONCAT(&channels.waiting, &channels.late, list);
	channels.late_count = 0;
}

static void
on_keys(void *arg, enum err err)
{
	(void)arg;
	if (err == OK)
		load(db_batch_rows(channels.batch, 0), channels.arena);
	db_batch_clear(channels.batch);
	arena_free(channels.arena);
	channels.batch = NULL;
	channels.arena = NULL;
	tell(&channels.waiting, err);
	if (err != OK)
		tell(&channels.late, err);
	late_ask(clock_mono_ms());
}

static enum err
ask(int64_t now)
{
	enum err err;

	channels.asked = now;
	channels.arena = arena_new();
	channels.batch = db_batch_new(channels.arena, DB_CHANNEL);
	db_batch_add(channels.batch, DB_CHANNEL_KEYS, NULL, 0);
	err = db_batch_send(channels.batch, on_keys, NULL);
	if (err == OK)
		return OK;
	arena_free(channels.arena);
	channels.batch = NULL;
	channels.arena = NULL;
	return err;
}

static void
on_tick(void *arg, int64_t now)
{
	int64_t wait = channels.is_loaded ? REFRESH_MS : RETRY_MS;

	(void)arg;
	if (channels.batch == NULL && now - channels.asked >= wait)
		(void)!ask(now);
	late_ask(now);
}

void
channels_start(void)
{
	TAILQ_INIT(&channels.waiting);
	TAILQ_INIT(&channels.late);
	channels.verifier = jwt_verifier_new();
	loop_every(RETRY_MS / 10, on_tick, NULL);
}

struct jwt_verifier *
channels_verifier(void)
{
	return channels.verifier;
}

enum err
channels_refresh(struct channels_wait *wait)
{
	int64_t now = clock_mono_ms();
	enum err err;

	if (!channels.is_loaded && channels.batch == NULL &&
	    now - channels.asked < RETRY_MS)
		return ERR_UNAVAILABLE;
	wait->is_late = channels.batch != NULL || !pay(now);
	if (wait->is_late) {
		if (channels.late_count == LATE_MAX)
			return ERR_UNAVAILABLE;
		channels.late_count++;
		TAILQ_INSERT_TAIL(&channels.late, wait, list);
	} else {
		err = ask(now);
		if (err != OK)
			return err;
		TAILQ_INSERT_TAIL(&channels.waiting, wait, list);
	}
	wait->is_listed = true;
	return OK;
}

void
channels_forget(struct channels_wait *wait)
{
	if (!wait->is_listed)
		return;
	wait->is_listed = false;
	if (wait->is_late) {
		channels.late_count--;
		TAILQ_REMOVE(&channels.late, wait, list);
	} else {
		TAILQ_REMOVE(&channels.waiting, wait, list);
	}
}
