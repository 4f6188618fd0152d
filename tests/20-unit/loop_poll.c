/*
 * The event loop of kore/loop.h for tests: poll(2) instead of Kore.
 *
 * SPDX-License-Identifier: ISC
 */
#include "loop_poll.h"

#include <poll.h>

#include "core/check.h"
#include "core/clock.h"
#include "core/heap.h"
#include "kore/loop.h"

#define ITEMS_MAX 16
#define STEP_MS   10

struct loop_watch {
	loop_ready_fn ready;
	void *arg;
	int fd;
	unsigned what;
};

struct tick {
	loop_tick_fn call;
	void *arg;
	unsigned interval_ms;
	int64_t next;
};

static struct loop_watch *watches[ITEMS_MAX];
static size_t watch_count;
static struct tick ticks[ITEMS_MAX];
static size_t tick_count;

struct loop_watch *
loop_watch_new(loop_ready_fn ready, void *arg)
{
	struct loop_watch *watch = heap_new(sizeof(*watch));

	must(watch_count < ITEMS_MAX, "a test watches few things");
	watch->ready = ready;
	watch->arg = arg;
	watch->fd = -1;
	watches[watch_count++] = watch;
	return watch;
}

void
loop_watch_set(struct loop_watch *watch, int fd, unsigned what)
{
	watch->fd = fd;
	watch->what = what;
}

void
loop_every(unsigned interval_ms, loop_tick_fn call, void *arg)
{
	must(tick_count < ITEMS_MAX, "a test has few ticks");
	ticks[tick_count++] = (struct tick){call, arg, interval_ms, 0};
}

static void
run_ticks(void)
{
	int64_t now = clock_mono_ms();
	size_t i;

	for (i = 0; i < tick_count; i++) {
		if (now < ticks[i].next)
			continue;
		ticks[i].next = now + ticks[i].interval_ms;
		ticks[i].call(ticks[i].arg, now);
	}
}

static unsigned
what_of(const struct pollfd *found)
{
	unsigned what = 0;

	if (found->revents & POLLIN)
		what |= LOOP_READ;
	if (found->revents & POLLOUT)
		what |= LOOP_WRITE;
	if (found->revents & (POLLERR | POLLHUP | POLLRDHUP))
		what |= LOOP_HANGUP;
	return what;
}

static void
run_watches(void)
{
	struct pollfd found[ITEMS_MAX];
	size_t i, count = watch_count;

	for (i = 0; i < count; i++) {
		found[i].fd = watches[i]->fd;
		found[i].events = POLLRDHUP;
		if (watches[i]->what & LOOP_READ)
			found[i].events |= POLLIN;
		if (watches[i]->what & LOOP_WRITE)
			found[i].events |= POLLOUT;
	}
	if (poll(found, count, STEP_MS) <= 0)
		return;
	for (i = 0; i < count; i++) {
		if (found[i].revents == 0 || found[i].fd < 0)
			continue;
		/* epoll forgets what was closed; poll has to be told. */
		if (found[i].revents & POLLNVAL) {
			if (watches[i]->fd == found[i].fd)
				watches[i]->fd = -1;
			continue;
		}
		watches[i]->ready(watches[i]->arg, what_of(&found[i]));
	}
}

bool
loop_poll_run(bool (*is_done)(void *arg), void *arg, int64_t deadline_ms)
{
	int64_t end = clock_mono_ms() + deadline_ms;

	while (!is_done(arg)) {
		if (clock_mono_ms() > end)
			return false;
		run_ticks();
		run_watches();
	}
	return true;
}
