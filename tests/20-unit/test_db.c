/*
 * The asynchronous database layer against a real cluster: batches, errors,
 * limits, and everything that can happen to a connection.
 *
 * SPDX-License-Identifier: ISC
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sys/wait.h>

#include <ftw.h>
#include <string.h>
#include <unistd.h>

#include "core/clock.h"
#include "db/pool.h"
#include "db_ask.h"
#include "loop_poll.h"

/* 2 connections of 8 jobs, and the queue. */
#define ROOM (2 * 8 + 512)

static char directory[] = "/tmp/crm-db-XXXXXX";
static char run[sizeof(directory) + 4];

static void
cluster(const char *what)
{
	int status = -1;
	pid_t child = fork();

	if (child == 0) {
		execl("tests/20-unit/cluster.sh", "cluster.sh", what, directory,
		    (char *)NULL);
		_exit(127);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

/* Every connection is up: two for each login. */
static bool
is_ready(void *arg)
{
	struct db_stats stats;

	(void)arg;
	db_pool_stats(&stats);
	return db_ready() && stats.up == 2 * DB_LOGIN__COUNT;
}

static int
setup(void **state)
{
	(void)state;
	assert_non_null(mkdtemp(directory));
	(void)snprintf(run, sizeof(run), "%s/run", directory);
	cluster("make");
	db_pool_start(run);
	assert_true(loop_poll_run(is_ready, NULL, DEADLINE_MS));
	return 0;
}

static int
remove_one(
    const char *path, const struct stat *status, int kind, struct FTW *place)
{
	(void)status;
	(void)kind;
	(void)place;
	return remove(path);
}

static int
teardown(void **state)
{
	(void)state;
	cluster("stop");
	return nftw(directory, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static void
add_enter(struct ask *ask)
{
	static const uint8_t hash[32];
	const struct db_param params[] = {{hash, sizeof(hash), true},
	    {"{officer}", 9, false}, {"request", 7, false}};

	db_batch_add(ask->batch, DB_SESSION_ENTER, params, 3);
}

static void
every_statement_has_its_rows(void **state)
{
	const struct db_rows *rows;
	struct ask ask;

	(void)state;
	ask_begin(&ask, DB_OFFICER);
	db_batch_add(ask.batch, DB_READY, NULL, 0);
	db_batch_add(ask.batch, DB_READY, NULL, 0);
	assert_int_equal(ask_wait(&ask), OK);
	rows = db_batch_rows(ask.batch, 1);
	assert_int_equal(db_rows_count(rows), 1);
	assert_int_equal(db_rows_column(rows, "ready", 0), 0);
	assert_int_equal(db_rows_column(rows, "ready", 1), -1);
	assert_int_equal(db_rows_column(rows, "nothing", 0), -1);
	/* Not ready for real work: its fsync is off. */
	assert_string_equal(db_rows_text(rows, 0, 0), "f");
	assert_int_equal(db_rows_len(rows, 0, 0), 1);
	ask_end(&ask);
	assert_int_equal(ask_ready(DB_CHANNEL), OK);
}

static void
the_first_error_decides(void **state)
{
	struct ask ask;

	(void)state;
	ask_begin(&ask, DB_OFFICER);
	db_batch_add(ask.batch, DB_READY, NULL, 0);
	add_enter(&ask);
	db_batch_add(ask.batch, DB_READY, NULL, 0);
	assert_int_equal(ask_wait(&ask), ERR_UNAUTHENTICATED);
	assert_string_equal(db_batch_fault(ask.batch)->sqlstate, "CR401");
	ask_end(&ask);
	assert_int_equal(ask_ready(DB_OFFICER), OK);
}

static void
errors_of_postgresql_name_nothing_of_ours(void **state)
{
	const struct db_param param = {"no uuid", 7, false};
	struct ask ask;

	(void)state;
	ask_begin(&ask, DB_OFFICER);
	db_batch_add(ask.batch, DB_PHOTO_OPEN, &param, 1);
	assert_int_equal(ask_wait(&ask), ERR_INVALID);
	assert_string_equal(db_batch_fault(ask.batch)->sqlstate, "22P02");
	assert_string_equal(db_batch_fault(ask.batch)->pointer, "");
	assert_string_equal(db_batch_fault(ask.batch)->code, "");
	ask_end(&ask);
}

static void
who_left_is_not_called(void **state)
{
	struct ask ask;

	(void)state;
	ask_begin(&ask, DB_OFFICER);
	db_batch_add(ask.batch, DB_READY, NULL, 0);
	assert_int_equal(db_batch_send(ask.batch, on_done, &ask), OK);
	db_batch_forget(ask.batch);
	ask_end(&ask);
	assert_int_equal(ask_ready(DB_OFFICER), OK);
	assert_int_equal(ask_ready(DB_OFFICER), OK);
	assert_int_equal(ask.called, 0);
}

static bool
are_all_called(void *arg)
{
	const struct ask *asks = arg;
	size_t i;

	for (i = 0; i < ROOM; i++)
		if (asks[i].called == 0)
			return false;
	return true;
}

static void
the_queue_is_bounded(void **state)
{
	static struct ask asks[ROOM + 1];
	struct db_stats stats;
	size_t i;

	(void)state;
	for (i = 0; i <= ROOM; i++) {
		ask_begin(&asks[i], DB_OFFICER);
		db_batch_add(asks[i].batch, DB_READY, NULL, 0);
		assert_int_equal(
		    db_batch_send(asks[i].batch, on_done, &asks[i]),
		    i < ROOM ? OK : ERR_UNAVAILABLE);
	}
	db_pool_stats(&stats);
	assert_int_equal(stats.waiting, 512);
	assert_int_equal(stats.in_flight, 16);
	assert_true(loop_poll_run(are_all_called, asks, DEADLINE_MS));
	/* On a slow machine the last ones are told after 5 s that it took too
	 * long; each hears once, and nobody who was refused hears at all. */
	assert_int_equal(asks[0].err, OK);
	for (i = 0; i <= ROOM; i++) {
		assert_int_equal(asks[i].called, i < ROOM);
		if (i < ROOM && asks[i].err != OK)
			assert_int_equal(asks[i].err, ERR_UNAVAILABLE);
		ask_end(&asks[i]);
	}
	assert_true(loop_poll_run(is_ready, NULL, DEADLINE_MS));
	db_pool_stats(&stats);
	assert_int_equal(stats.waiting, 0);
	assert_int_equal(stats.in_flight, 0);
}

static void
cut_connections_come_back(void **state)
{
	struct ask ask;

	(void)state;
	cluster("cut");
	/* Sent before the loop could notice. */
	ask_begin(&ask, DB_OFFICER);
	db_batch_add(ask.batch, DB_READY, NULL, 0);
	assert_int_equal(ask_wait(&ask), ERR_UNAVAILABLE);
	ask_end(&ask);
	assert_true(loop_poll_run(is_ready, NULL, DEADLINE_MS));
	assert_int_equal(ask_ready(DB_OFFICER), OK);
}

static bool
is_idle(void *arg)
{
	struct db_stats stats;

	(void)arg;
	db_pool_stats(&stats);
	return stats.in_flight == 0;
}

static bool
is_down(void *arg)
{
	(void)arg;
	return !db_ready();
}

static void
a_stopped_database_is_said_at_once(void **state)
{
	struct ask ask;

	(void)state;
	cluster("stop");
	assert_true(loop_poll_run(is_down, NULL, DEADLINE_MS));
	ask_begin(&ask, DB_OFFICER);
	db_batch_add(ask.batch, DB_READY, NULL, 0);
	assert_int_equal(
	    db_batch_send(ask.batch, on_done, &ask), ERR_UNAVAILABLE);
	assert_int_equal(ask.called, 0);
	ask_end(&ask);
	cluster("start");
	assert_true(loop_poll_run(is_ready, NULL, DEADLINE_MS));
	assert_int_equal(ask_ready(DB_OFFICER), OK);
	assert_int_equal(ask_ready(DB_CHANNEL), OK);
}

static void
nobody_waits_for_a_frozen_database(void **state)
{
	int64_t begun = clock_mono_ms();
	struct ask ask;

	(void)state;
	cluster("freeze");
	ask_begin(&ask, DB_OFFICER);
	db_batch_add(ask.batch, DB_READY, NULL, 0);
	assert_int_equal(ask_wait(&ask), ERR_UNAVAILABLE);
	ask_end(&ask);
	cluster("thaw");
	assert_true(clock_mono_ms() - begun < 8000);
	assert_true(loop_poll_run(is_ready, NULL, DEADLINE_MS));
	assert_int_equal(ask_ready(DB_OFFICER), OK);
}

/* Eight jobs one behind the other, each quick enough, take over six seconds. */
static void
a_slow_database_keeps_its_connections(void **state)
{
	static struct ask asks[ROOM];
	struct db_stats before, after;
	size_t i, late = 0;

	(void)state;
	cluster("slow");
	db_pool_stats(&before);
	for (i = 0; i < ROOM; i++)
		asks[i].called = 1;
	for (i = 0; i < 16; i++) {
		ask_begin(&asks[i], DB_OFFICER);
		db_batch_add(asks[i].batch, DB_READY, NULL, 0);
		assert_int_equal(
		    db_batch_send(asks[i].batch, on_done, &asks[i]), OK);
	}
	assert_true(loop_poll_run(are_all_called, asks, DEADLINE_MS));
	assert_true(loop_poll_run(is_idle, NULL, DEADLINE_MS));
	cluster("quick");
	for (i = 0; i < 16; i++) {
		late += asks[i].err == ERR_UNAVAILABLE;
		assert_true(asks[i].err == OK || i >= 8);
		ask_end(&asks[i]);
	}
	assert_in_range(late, 1, 8);
	db_pool_stats(&after);
	assert_int_equal(after.connects, before.connects);
	assert_int_equal(after.lost, before.lost);
	assert_int_equal(ask_ready(DB_OFFICER), OK);
}

/* Not for ever: statements prepared before are prepared anew. */
static void
a_changed_result_is_prepared_anew(void **state)
{
	struct db_stats before, after;
	struct ask ask;
	size_t i;

	(void)state;
	db_pool_stats(&before);
	cluster("changed");
	/* One on each of the two connections, so that both find out. */
	for (i = 0; i < 2; i++) {
		assert_int_equal(ask_ready(DB_OFFICER), ERR_UNAVAILABLE);
		assert_true(loop_poll_run(is_idle, NULL, DEADLINE_MS));
	}
	assert_true(loop_poll_run(is_ready, NULL, DEADLINE_MS));
	db_pool_stats(&after);
	assert_int_equal(after.connects, before.connects + 2);
	ask_begin(&ask, DB_OFFICER);
	db_batch_add(ask.batch, DB_READY, NULL, 0);
	assert_int_equal(ask_wait(&ask), OK);
	assert_string_equal(
	    db_rows_text(db_batch_rows(ask.batch, 0), 0, 0), "new");
	ask_end(&ask);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_statement_has_its_rows),
	    cmocka_unit_test(the_first_error_decides),
	    cmocka_unit_test(errors_of_postgresql_name_nothing_of_ours),
	    cmocka_unit_test(who_left_is_not_called),
	    cmocka_unit_test(the_queue_is_bounded),
	    cmocka_unit_test(a_slow_database_keeps_its_connections),
	    cmocka_unit_test(cut_connections_come_back),
	    cmocka_unit_test(a_stopped_database_is_said_at_once),
	    cmocka_unit_test(nobody_waits_for_a_frozen_database),
	    cmocka_unit_test(a_changed_result_is_prepared_anew),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
