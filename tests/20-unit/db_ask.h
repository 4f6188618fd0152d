/*
 * One batch and what became of it. Include after cmocka.h.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef TESTS_20_UNIT_DB_ASK_H
#define TESTS_20_UNIT_DB_ASK_H

#include <string.h>

#include "db/db.h"
#include "loop_poll.h"

#define DEADLINE_MS 10000

struct ask {
	struct arena *arena;
	struct db_batch *batch;
	enum err err;
	int called;
};

static void
on_done(void *arg, enum err err)
{
	struct ask *ask = arg;

	ask->err = err;
	ask->called++;
}

static bool
is_called(void *arg)
{
	const struct ask *ask = arg;

	return ask->called > 0;
}

static void
ask_begin(struct ask *ask, enum db_login login)
{
	memset(ask, 0, sizeof(*ask));
	ask->arena = arena_new();
	ask->batch = db_batch_new(ask->arena, login);
}

static enum err
ask_wait(struct ask *ask)
{
	assert_int_equal(db_batch_send(ask->batch, on_done, ask), OK);
	assert_int_equal(ask->called, 0);
	assert_true(loop_poll_run(is_called, ask, DEADLINE_MS));
	assert_int_equal(ask->called, 1);
	return ask->err;
}

static void
ask_end(struct ask *ask)
{
	db_batch_clear(ask->batch);
	arena_free(ask->arena);
}

static enum err
ask_ready(enum db_login login)
{
	struct ask ask;
	enum err err;

	ask_begin(&ask, login);
	db_batch_add(ask.batch, DB_READY, NULL, 0);
	err = ask_wait(&ask);
	ask_end(&ask);
	return err;
}

#endif
