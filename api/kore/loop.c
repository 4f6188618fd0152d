/*
 * The worker's event loop without Kore's headers.
 *
 * SPDX-License-Identifier: ISC
 */
#include "kore/loop.h"

#include <sys/epoll.h>

#include <kore/kore.h>

#include "core/clock.h"
#include "core/heap.h"

struct loop_watch {
	struct kore_event event; /* first: what epoll gives back */
	loop_ready_fn ready;
	void *arg;
};

struct tick {
	loop_tick_fn call;
	void *arg;
};

static void
loop_ready(void *arg, int error)
{
	struct loop_watch *watch = arg;
	unsigned what = 0;

	/* Kore only ever adds flags. */
	if (watch->event.flags & KORE_EVENT_READ)
		what |= LOOP_READ;
	if (watch->event.flags & KORE_EVENT_WRITE)
		what |= LOOP_WRITE;
	watch->event.flags = 0;
	if (error)
		what |= LOOP_HANGUP;
	watch->ready(watch->arg, what);
}

struct loop_watch *
loop_watch_new(loop_ready_fn ready, void *arg)
{
	struct loop_watch *watch;

	watch = heap_new(sizeof(*watch));
	watch->event.type = KORE_TYPE_TASK; /* only the handle decides */
	watch->event.handle = loop_ready;
	watch->ready = ready;
	watch->arg = arg;
	return watch;
}

void
loop_watch_set(struct loop_watch *watch, int fd, unsigned what)
{
	unsigned mask = EPOLLRDHUP;

	if (what & LOOP_READ)
		mask |= EPOLLIN;
	if (what & LOOP_WRITE)
		mask |= EPOLLOUT;
	kore_platform_event_schedule(fd, (int)mask, 0, watch);
}

static void
loop_tick(void *arg, u_int64_t now)
{
	struct tick *tick = arg;

	(void)now;
	tick->call(tick->arg, clock_mono_ms());
}

void
loop_every(unsigned interval_ms, loop_tick_fn call, void *arg)
{
	struct tick *tick;

	tick = heap_new(sizeof(*tick));
	tick->call = call;
	tick->arg = arg;
	(void)kore_timer_add(loop_tick, interval_ms, tick, 0);
}
