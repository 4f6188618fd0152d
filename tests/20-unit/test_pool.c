/*
 * The thread pool: every job is released once, done unless forgotten, on the
 * loop's thread; a full queue says so.
 *
 * SPDX-License-Identifier: ISC
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdbool.h>

#include "core/clock.h"
#include "core/heap.h"
#include "core/pool.h"

#define DEADLINE_MS 20000

/* What the jobs of one test count, all on the loop's thread. */
struct count {
	pthread_t loop;
	int done;
	int released;
	enum err last;
};

struct work {
	struct count *count;
	sem_t *gate; /* waited for when not NULL */
	enum err result;
	bool blocks_signals;
};

static enum err
work_run(void *arg)
{
	struct work *work = arg;
	sigset_t blocked;

	if (work->gate != NULL)
		(void)sem_wait(work->gate);
	(void)pthread_sigmask(SIG_BLOCK, NULL, &blocked);
	work->blocks_signals = sigismember(&blocked, SIGTERM) == 1 &&
	    sigismember(&blocked, SIGUSR1) == 1;
	return work->result;
}

static void
work_release(void *arg)
{
	struct work *work = arg;

	assert_true(pthread_equal(pthread_self(), work->count->loop));
	work->count->released++;
	heap_free(work);
}

static void
work_done(void *owner, enum err err)
{
	struct count *count = owner;

	assert_true(pthread_equal(pthread_self(), count->loop));
	count->done++;
	count->last = err;
}

static struct work *
work_new(struct count *count, sem_t *gate, enum err result)
{
	struct work *work = heap_new(sizeof(*work));

	work->count = count;
	work->gate = gate;
	work->result = result;
	return work;
}

static enum err
submit(struct pool_job **job, struct pool *pool, struct work *work)
{
	return pool_submit(
	    job, pool, work_run, work, work_release, work_done, work->count);
}

/* Turns the loop until so many are released. */
static void
loop_until(struct pool *pool, const struct count *count, int released)
{
	int64_t deadline = clock_mono_ms() + DEADLINE_MS;
	struct pollfd fd = {.fd = pool_fd(pool), .events = POLLIN};

	while (count->released < released) {
		assert_true(clock_mono_ms() < deadline);
		(void)poll(&fd, 1, 100);
		pool_drain_done(pool);
	}
}

static void
jobs_are_done_and_released(void **state)
{
	struct count count = {.loop = pthread_self()};
	struct pool *pool = NULL;
	int sent = 0;

	(void)state;
	assert_int_equal(pool_new(&pool, 3, 16), OK);
	while (sent < 2000) {
		struct work *work =
		    work_new(&count, NULL, sent % 2 == 0 ? OK : ERR_INVALID);

		if (submit(NULL, pool, work) == OK) {
			sent++;
		} else {
			/* Still ours. */
			heap_free(work);
			loop_until(pool, &count, count.released + 1);
		}
	}
	loop_until(pool, &count, 2000);
	assert_int_equal(count.done, 2000);
	pool_free(pool);
	assert_int_equal(count.released, 2000);
}

static void
results_and_signals(void **state)
{
	struct count count = {.loop = pthread_self()};
	struct work *work = work_new(&count, NULL, ERR_CONFLICT);
	struct pool *pool = NULL;

	(void)state;
	assert_int_equal(pool_new(&pool, 1, 1), OK);
	/* Without release the argument stays ours. */
	assert_int_equal(
	    pool_submit(NULL, pool, work_run, work, NULL, work_done, &count),
	    OK);
	while (count.done == 0) {
		struct pollfd fd = {.fd = pool_fd(pool), .events = POLLIN};

		assert_int_equal(poll(&fd, 1, DEADLINE_MS), 1);
		pool_drain_done(pool);
	}
	assert_int_equal(count.last, ERR_CONFLICT);
	assert_true(work->blocks_signals);
	work_release(work);
	pool_free(pool);
}

static void
a_full_queue_refuses(void **state)
{
	struct count count = {.loop = pthread_self()};
	struct pool *pool = NULL;
	struct work *work;
	int accepted = 0;
	sem_t gate;
	int at;

	(void)state;
	assert_int_equal(sem_init(&gate, 0, 0), 0);
	assert_int_equal(pool_new(&pool, 1, 3), OK);
	for (at = 0; at < 10; at++) {
		work = work_new(&count, &gate, OK);
		if (submit(NULL, pool, work) == OK)
			accepted++;
		else
			heap_free(work);
	}
	/* Three wait; the thread may have taken one before. */
	assert_in_range(accepted, 3, 4);
	for (at = 0; at < accepted; at++)
		(void)sem_post(&gate);
	loop_until(pool, &count, accepted);
	work = work_new(&count, NULL, OK);
	assert_int_equal(submit(NULL, pool, work), OK);
	loop_until(pool, &count, accepted + 1);
	pool_free(pool);
	(void)sem_destroy(&gate);
}

static void
forgotten_jobs_are_only_released(void **state)
{
	struct count count = {.loop = pthread_self()};
	struct pool_job *running = NULL, *waiting = NULL;
	struct pool *pool = NULL;
	sem_t gate;

	(void)state;
	assert_int_equal(sem_init(&gate, 0, 0), 0);
	assert_int_equal(pool_new(&pool, 1, 4), OK);
	assert_int_equal(
	    submit(&running, pool, work_new(&count, &gate, OK)), OK);
	assert_int_equal(
	    submit(&waiting, pool, work_new(&count, &gate, OK)), OK);
	assert_int_equal(submit(NULL, pool, work_new(&count, &gate, OK)), OK);
	pool_forget(running);
	pool_forget(waiting);
	(void)sem_post(&gate);
	(void)sem_post(&gate);
	(void)sem_post(&gate);
	loop_until(pool, &count, 3);
	assert_int_equal(count.done, 1);
	pool_free(pool);
	(void)sem_destroy(&gate);
}

static void
closing_releases_all(void **state)
{
	struct count count = {.loop = pthread_self()};
	struct pool *pool = NULL;
	sem_t gate;
	int at;

	(void)state;
	assert_int_equal(sem_init(&gate, 0, 0), 0);
	assert_int_equal(pool_new(&pool, 2, 20), OK);
	for (at = 0; at < 10; at++) {
		assert_int_equal(
		    submit(NULL, pool, work_new(&count, &gate, OK)), OK);
	}
	for (at = 0; at < 10; at++)
		(void)sem_post(&gate);
	pool_free(pool);
	assert_int_equal(count.released, 10);
	assert_int_equal(count.done, 0);
	pool_free(NULL);
	(void)sem_destroy(&gate);
}

/* A done that asks for more work, as a handler may. */
struct chain {
	struct pool *pool;
	struct count count;
	int left;
};

static void
chain_done(void *owner, enum err err)
{
	struct chain *chain = owner;

	(void)err;
	if (chain->left-- > 0) {
		assert_int_equal(pool_submit(NULL, chain->pool, work_run,
				     work_new(&chain->count, NULL, OK),
				     work_release, chain_done, chain),
		    OK);
	}
}

static void
done_may_submit_again(void **state)
{
	struct chain chain = {.count = {.loop = pthread_self()}, .left = 50};

	(void)state;
	assert_int_equal(pool_new(&chain.pool, 2, 4), OK);
	chain_done(&chain, OK);
	loop_until(chain.pool, &chain.count, 50);
	pool_free(chain.pool);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(jobs_are_done_and_released),
	    cmocka_unit_test(results_and_signals),
	    cmocka_unit_test(a_full_queue_refuses),
	    cmocka_unit_test(forgotten_jobs_are_only_released),
	    cmocka_unit_test(closing_releases_all),
	    cmocka_unit_test(done_may_submit_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
