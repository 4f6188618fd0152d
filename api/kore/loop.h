/*
 * The worker's event loop without Kore's headers: watch a descriptor, be called
 * now and then. For the database connections and the thread pool.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_KORE_LOOP_H
#define API_KORE_LOOP_H

#include <stdint.h>

#define LOOP_READ   1u
#define LOOP_WRITE  2u
#define LOOP_HANGUP 4u /* only ever reported: error or the other side left */

struct loop_watch;

/* what: LOOP_* bits that are ready. */
typedef void (*loop_ready_fn)(void *arg, unsigned what);
/* now: clock_mono_ms(). */
typedef void (*loop_tick_fn)(void *arg, int64_t now);

/* Lives as long as the process: the loop may still hold it when its descriptor
 * is closed, so there is no way to free one. */
struct loop_watch *loop_watch_new(loop_ready_fn, void *arg);
/* Level-triggered. Closing the descriptor ends it; watch the next one with the
 * same watch. what: LOOP_READ, LOOP_WRITE or both. */
void loop_watch_set(struct loop_watch *, int fd, unsigned what);
/* Calls about every interval_ms as long as the process lives. */
void loop_every(unsigned interval_ms, loop_tick_fn, void *arg);

#endif
