/*
 * A few threads for work that would block the event loop, with a bounded
 * queue. The owner of the loop watches pool_fd() and calls
 * pool_drain_done(); all functions but the work itself run on that one thread.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_CORE_POOL_H
#define API_CORE_POOL_H

#include <stddef.h>

#include "core/err.h"

struct pool;
struct pool_job;

/* Runs on a pool thread; may touch only arg and constant data. */
typedef enum err (*pool_work_fn)(void *arg);
/* Runs on the event loop, inside pool_drain_done() or pool_free(), always. */
typedef void (*pool_release_fn)(void *arg);
/* Runs on the event loop, inside pool_drain_done(), unless forgotten. */
typedef void (*pool_done_fn)(void *owner, enum err);

/*
 * queue_max counts jobs that wait for a thread. ERR_UNAVAILABLE when threads
 * cannot be made. The threads block all signals. Make it after the last fork.
 */
must_check enum err
pool_new(struct pool **out, size_t threads, size_t queue_max);
/*
 * Lets running work end, drops what waits, then releases every job; done is
 * not called any more. NULL is legal.
 */
void pool_free(struct pool *);
/* Readable when jobs are finished; an eventfd owned by the pool. */
int pool_fd(const struct pool *);
/*
 * ERR_UNAVAILABLE when the queue is full: then nothing of it is called and arg
 * still belongs to the caller. Otherwise arg belongs to the job until release
 * (may be NULL). done (may be NULL) comes before release, so that it may still
 * read what work left in arg. *out (out may be NULL) is borrowed and dies when
 * done is entered.
 */
must_check enum err pool_submit(struct pool_job **out, struct pool *,
    pool_work_fn work, void *arg, pool_release_fn release, pool_done_fn done,
    void *owner);
/* The owner goes away: done is not called; the work may still run. */
void pool_forget(struct pool_job *);
/* Calls done and release of all finished jobs. Never blocks. */
void pool_drain_done(struct pool *);

#endif
