/*
 * The parent of crm media, see parent.h.
 *
 * SPDX-License-Identifier: ISC
 */
#include "media/parent.h"

#include <sys/wait.h>

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <time.h>
#include <unistd.h>

#include "core/check.h"
#include "core/clock.h"
#include "core/log.h"
#include "media/worker.h"

/* A worker that lived this long did not die of its start. */
#define SETTLED_MS 1000
#define PAUSE_MIN  20
#define PAUSE_MAX  1000
#define FINISH_MS  12000
#define STEP_MS    1000

struct slot {
	pid_t pid; /* 0: none */
	int64_t started; /* clock_mono_ms() */
	int64_t due; /* not started again before */
	int64_t pause;
};

struct parent {
	struct slot slots[PARENT_WORKERS_MAX];
	unsigned count;
	int listener;
	const struct sandbox_user *who;
	sigset_t signals;
	sigset_t before;
};

static void
child_start(struct parent *parent, struct slot *slot)
{
	pid_t self = getpid();
	pid_t pid;

	log_flush();
	slot->started = clock_mono_ms();
	pid = fork();
	if (pid == 0) {
		sigset_t only;

		sigemptyset(&only);
		sigaddset(&only, SIGTERM);
		(void)signal(SIGINT, SIG_IGN);
		(void)sigprocmask(SIG_SETMASK, &only, NULL);
		worker_run(parent->listener, parent->who, self);
	}
	if (pid < 0) {
		log_event(LOG_LEVEL_ERROR, "media_fork_failed",
		    log_int("errno", errno));
		slot->due = slot->started + PAUSE_MAX;
		return;
	}
	slot->pid = pid;
}

/* How long until the next thing is due. */
static int64_t
children_start(struct parent *parent)
{
	int64_t wait = STEP_MS;

	for (unsigned i = 0; i < parent->count; i++) {
		struct slot *slot = &parent->slots[i];
		int64_t left = slot->due - clock_mono_ms();

		if (slot->pid != 0) {
			continue;
		}
		if (left <= 0) {
			child_start(parent, slot);
		} else if (left < wait) {
			wait = left;
		}
	}
	return wait;
}

static void
slot_died(struct slot *slot, int status, bool is_stopping)
{
	int64_t now = clock_mono_ms();

	if (!is_stopping) {
		log_event(LOG_LEVEL_WARNING, "media_worker_died",
		    log_int("pid", slot->pid),
		    log_int(
			"signal", WIFSIGNALED(status) ? WTERMSIG(status) : 0));
		log_flush();
	}
	slot->pid = 0;
	if (now - slot->started >= SETTLED_MS) {
		slot->pause = 0;
	} else {
		slot->pause = slot->pause == 0 ? PAUSE_MIN : slot->pause * 2;
		if (slot->pause > PAUSE_MAX) {
			slot->pause = PAUSE_MAX;
		}
	}
	slot->due = now + slot->pause;
}

/* Number of workers left. */
static unsigned
children_reap(struct parent *parent, bool is_stopping)
{
	unsigned alive = 0;
	pid_t pid;
	int status;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
		for (unsigned i = 0; i < parent->count; i++) {
			if (parent->slots[i].pid == pid) {
				slot_died(
				    &parent->slots[i], status, is_stopping);
			}
		}
	}
	for (unsigned i = 0; i < parent->count; i++) {
		alive += parent->slots[i].pid != 0;
	}
	return alive;
}

static void
children_signal(const struct parent *parent, int number)
{
	for (unsigned i = 0; i < parent->count; i++) {
		if (parent->slots[i].pid != 0) {
			(void)kill(parent->slots[i].pid, number);
		}
	}
}

static int
signal_wait(const struct parent *parent, int64_t ms)
{
	const struct timespec most = {
	    .tv_sec = ms / 1000,
	    .tv_nsec = ms % 1000 * 1000000,
	};

	return sigtimedwait(&parent->signals, NULL, &most);
}

static void
children_stop(struct parent *parent)
{
	int64_t deadline = clock_mono_ms() + FINISH_MS;

	children_signal(parent, SIGTERM);
	while (children_reap(parent, true) > 0) {
		if (clock_mono_ms() >= deadline) {
			children_signal(parent, SIGKILL);
		}
		(void)signal_wait(parent, STEP_MS / 10);
	}
}

enum err
parent_run(int listener, unsigned workers, const struct sandbox_user *who)
{
	struct parent parent = {
	    .count = workers,
	    .listener = listener,
	    .who = who,
	};
	int number;

	must(workers >= 1 && workers <= PARENT_WORKERS_MAX,
	    "the number of workers was checked");
	sigemptyset(&parent.signals);
	sigaddset(&parent.signals, SIGTERM);
	sigaddset(&parent.signals, SIGINT);
	sigaddset(&parent.signals, SIGCHLD);
	if (sigprocmask(SIG_BLOCK, &parent.signals, &parent.before) != 0) {
		return ERR_UNAVAILABLE;
	}
	do {
		(void)children_reap(&parent, false);
		number = signal_wait(&parent, children_start(&parent));
	} while (number != SIGTERM && number != SIGINT);
	children_stop(&parent);
	(void)sigprocmask(SIG_SETMASK, &parent.before, NULL);
	return OK;
}
