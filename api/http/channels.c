/*
 * This worker's table of the channels' keys.
 *
 * SPDX-License-Identifier: ISC
 */
#include "http/channels.h"

#include "core/arena.h"
#include "core/clock.h"
#include "core/log.h"
#include "db/db.h"
#include "health/health.h"
#include "kore/loop.h"

#define REFRESH_MS 60000
#define RETRY_MS   1000

static struct {
	struct jwt_verifier *verifier;
	struct arena *arena; /* of the batch; NULL when none is on its way */
	struct db_batch *batch;
	int64_t asked; /* clock_mono_ms() of the last batch */
	bool is_loaded;
	TAILQ_HEAD(, channels_wait) waiting;
} channels;

static void
load(const struct db_rows *rows, struct arena *arena)
{
	size_t count = db_rows_count(rows), i, refused;
	struct jwt_row *row = arena_get(arena, (count + 1) * sizeof(*row));
	int kid = db_rows_column(rows, "kid", 0);
	int alg = db_rows_column(rows, "alg", 0);
	int pem = db_rows_column(rows, "public_key", 0);
	int issuer = db_rows_column(rows, "issuer", 0);
	int audience = db_rows_column(rows, "audience", 0);

	for (i = 0; i < count; i++) {
		row[i].kid = db_rows_text(rows, i, kid);
		row[i].alg = db_rows_text(rows, i, alg);
		row[i].pem = db_rows_text(rows, i, pem);
		row[i].issuer = db_rows_text(rows, i, issuer);
		row[i].audience = db_rows_text(rows, i, audience);
	}
	refused = jwt_verifier_load(channels.verifier, row, count);
	if (refused > 0)
		log_event(LOG_LEVEL_WARNING, "channel_keys_refused",
		    log_int("count", (int64_t)refused));
	channels.is_loaded = true;
	health_keys_loaded();
}

/* Those who wait go on, with what became of the batch. */
static void
wake_all(enum err err)
{
	struct channels_wait *wait;

	while ((wait = TAILQ_FIRST(&channels.waiting)) != NULL) {
		channels_forget(wait);
		wait->err = err;
		wait->done(wait);
	}
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
	wake_all(err);
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
	bool is_calm = channels.is_loaded && TAILQ_EMPTY(&channels.waiting);
	enum err err;

	(void)arg;
	if (channels.batch != NULL ||
	    now - channels.asked < (is_calm ? REFRESH_MS : RETRY_MS))
		return;
	err = ask(now);
	if (err != OK)
		wake_all(err);
}

void
channels_start(void)
{
	TAILQ_INIT(&channels.waiting);
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
	bool is_soon = now - channels.asked < RETRY_MS;
	enum err err;

	if (channels.batch == NULL && is_soon && !channels.is_loaded)
		return ERR_UNAVAILABLE;
	/* Asked a moment ago, a key may be newer still: the tick asks again. */
	if (channels.batch == NULL && !is_soon) {
		err = ask(now);
		if (err != OK)
			return err;
	}
	wait->is_listed = true;
	TAILQ_INSERT_TAIL(&channels.waiting, wait, list);
	return OK;
}

void
channels_forget(struct channels_wait *wait)
{
	if (!wait->is_listed)
		return;
	wait->is_listed = false;
	TAILQ_REMOVE(&channels.waiting, wait, list);
}
