/*
 * A list of waiting jobs and a list of finished ones, behind one lock. Threads
 * take from the first and add to the second; the eventfd tells the loop.
 *
 * Only the loop reads or writes what pool_forget() changes, so that needs no
 * lock.
 *
 * SPDX-License-Identifier: ISC
 */
#include "core/pool.h"

#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "core/check.h"
#include "core/heap.h"

/* Deep enough for every library we call; smaller than the 8 MiB default. */
#define POOL_STACK_LEN ((size_t)1024 * 1024)

struct pool_job {
	struct pool_job *next;
	pool_work_fn work;
	void *arg;
	pool_release_fn release;
	pool_done_fn done; /* loop only */
	void *owner; /* loop only */
	enum err result;
};

struct list {
	struct pool_job *first;
	struct pool_job *last;
};

struct pool {
	pthread_mutex_t lock;
	pthread_cond_t has_work;
	struct list waiting;
	size_t waiting_count;
	size_t queue_max;
	struct list finished;
	bool is_closing;
	int fd;
	size_t thread_count;
	pthread_t thread[];
};

static void
list_add(struct list *list, struct pool_job *job)
{
	job->next = NULL;
	if (list->last == NULL)
		list->first = job;
	else
		list->last->next = job;
	list->last = job;
}

static struct pool_job *
list_take(struct list *list)
{
	struct pool_job *job = list->first;

	if (job == NULL)
		return NULL;
	list->first = job->next;
	if (list->first == NULL)
		list->last = NULL;
	return job;
}

static void
lock(struct pool *pool)
{
	must(pthread_mutex_lock(&pool->lock) == 0, "a lock works");
}

static void
unlock(struct pool *pool)
{
	must(pthread_mutex_unlock(&pool->lock) == 0, "a lock works");
}

/* The next job, or NULL when the pool closes. */
static struct pool_job *
job_wait(struct pool *pool)
{
	struct pool_job *job = NULL;

	lock(pool);
	while (!pool->is_closing && pool->waiting.first == NULL)
		(void)pthread_cond_wait(&pool->has_work, &pool->lock);
	if (!pool->is_closing) {
		job = list_take(&pool->waiting);
		pool->waiting_count--;
	}
	unlock(pool);
	return job;
}

static void *
thread_main(void *arg)
{
	struct pool *pool = arg;
	struct pool_job *job;
	uint64_t one = 1;

	for (;;) {
		job = job_wait(pool);
		if (job == NULL)
			return NULL;
		job->result = job->work(job->arg);
		lock(pool);
		list_add(&pool->finished, job);
		unlock(pool);
		/* Fails only when the counter is full: then it is readable. */
		(void)!write(pool->fd, &one, sizeof(one));
	}
}

static enum err
threads_start(struct pool *pool, size_t threads)
{
	pthread_attr_t attr;
	sigset_t all, before;
	enum err err = OK;

	must(pthread_attr_init(&attr) == 0 &&
		pthread_attr_setstacksize(&attr, POOL_STACK_LEN) == 0,
	    "a thread's attributes can be set");
	(void)sigfillset(&all);
	/* A thread inherits the mask it is made under. */
	must(pthread_sigmask(SIG_BLOCK, &all, &before) == 0,
	    "signals can be blocked");
	for (; pool->thread_count < threads; pool->thread_count++) {
		if (pthread_create(&pool->thread[pool->thread_count], &attr,
			thread_main, pool) != 0) {
			err = ERR_UNAVAILABLE;
			break;
		}
	}
	must(pthread_sigmask(SIG_SETMASK, &before, NULL) == 0,
	    "signals can be unblocked");
	(void)pthread_attr_destroy(&attr);
	return err;
}

enum err
pool_new(struct pool **out, size_t threads, size_t queue_max)
{
	struct pool *pool;

	must(threads > 0 && threads <= 64 && queue_max > 0,
	    "a pool has a few threads and a queue");
	pool = heap_new(sizeof(*pool) + threads * sizeof(pool->thread[0]));
	must(pthread_mutex_init(&pool->lock, NULL) == 0 &&
		pthread_cond_init(&pool->has_work, NULL) == 0,
	    "a lock can be made");
	pool->queue_max = queue_max;
	pool->fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	if (pool->fd == -1 || threads_start(pool, threads) != OK) {
		pool_free(pool);
		return ERR_UNAVAILABLE;
	}
	*out = pool;
	return OK;
}

static void
job_end(struct pool_job *job)
{
	if (job->release != NULL)
		job->release(job->arg);
	heap_free(job);
}

static void
list_end(struct list *list)
{
	struct pool_job *job = list_take(list);

	for (; job != NULL; job = list_take(list))
		job_end(job);
}

void
pool_free(struct pool *pool)
{
	size_t at;

	if (pool == NULL)
		return;
	lock(pool);
	pool->is_closing = true;
	unlock(pool);
	(void)pthread_cond_broadcast(&pool->has_work);
	for (at = 0; at < pool->thread_count; at++)
		(void)pthread_join(pool->thread[at], NULL);
	list_end(&pool->waiting);
	list_end(&pool->finished);
	if (pool->fd != -1)
		(void)close(pool->fd);
	(void)pthread_cond_destroy(&pool->has_work);
	(void)pthread_mutex_destroy(&pool->lock);
	heap_free(pool);
}

int
pool_fd(const struct pool *pool)
{
	return pool->fd;
}

enum err
pool_submit(struct pool_job **out, struct pool *pool, pool_work_fn work,
    void *arg, pool_release_fn release, pool_done_fn done, void *owner)
{
	struct pool_job *job = heap_new(sizeof(*job));
	bool is_full;

	job->work = work;
	job->arg = arg;
	job->release = release;
	job->done = done;
	job->owner = owner;
	lock(pool);
	is_full = pool->waiting_count >= pool->queue_max;
	if (!is_full) {
		list_add(&pool->waiting, job);
		pool->waiting_count++;
	}
	unlock(pool);
	if (is_full) {
		heap_free(job);
		return ERR_UNAVAILABLE;
	}
	(void)pthread_cond_signal(&pool->has_work);
	if (out != NULL)
		*out = job;
	return OK;
}

void
pool_forget(struct pool_job *job)
{
	job->done = NULL;
	job->owner = NULL;
}

void
pool_drain_done(struct pool *pool)
{
	struct list finished;
	struct pool_job *job;
	uint64_t count;

	(void)!read(pool->fd, &count, sizeof(count));
	/* Only those of now: what finishes meanwhile wakes the loop again. */
	lock(pool);
	finished = pool->finished;
	pool->finished = (struct list){NULL, NULL};
	unlock(pool);
	for (job = list_take(&finished); job != NULL;
	     job = list_take(&finished)) {
		if (job->done != NULL)
			job->done(job->owner, job->result);
		job_end(job);
	}
}
