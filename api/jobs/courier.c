/*
 * The child that delivers webhooks, see courier.h. When it dies another is
 * started, after a second at first; it has no state to lose.
 *
 * SPDX-License-Identifier: ISC
 */
#include "jobs/courier.h"

#include <errno.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/clock.h"
#include "core/log.h"
#include "jobs/deliver.h"

#define PAUSE_MIN_MS INT64_C(1000)
#define PAUSE_MAX_MS INT64_C(60000)
#define STEADY_MS    INT64_C(30000)
#define STOP_TRIES   150
#define STOP_STEP_US 100000u

/* It holds secrets: no core, nobody looks. It ends with its parent. */
static bool
child_guard(pid_t parent)
{
	const struct rlimit none = {0, 0};

	return prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && getppid() == parent &&
	    prctl(PR_SET_DUMPABLE, 0) == 0 &&
	    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
	    setrlimit(RLIMIT_CORE, &none) == 0;
}

/* The parent's connection is not ours: its descriptors are closed. */
static int
child_run(pid_t parent)
{
	sigset_t set;
	int signals;

	closefrom(STDERR_FILENO + 1);
	if (!child_guard(parent)) {
		return 1;
	}
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	signals = signalfd(-1, &set, SFD_CLOEXEC);
	if (signals < 0) {
		return 1;
	}
	return deliver_run(signals, false) == OK ? 0 : 1;
}

static void
courier_start(struct courier *courier)
{
	pid_t parent = getpid();
	pid_t pid;

	log_flush();
	pid = fork();
	if (pid == 0) {
		_exit(child_run(parent));
	}
	if (pid < 0) {
		log_event(LOG_LEVEL_ERROR, "courier_not_started",
		    log_int("errno", errno));
		courier->due_ms = clock_mono_ms() + PAUSE_MAX_MS;
		return;
	}
	courier->pid = pid;
	courier->began_ms = clock_mono_ms();
}

int64_t
courier_keep(struct courier *courier)
{
	if (courier->pid == 0 && courier->due_ms <= clock_mono_ms()) {
		courier_start(courier);
	}
	return courier->pid == 0 ? courier->due_ms : INT64_MAX;
}

void
courier_reap(struct courier *courier)
{
	int status = 0;
	int64_t now = clock_mono_ms();

	if (courier->pid == 0 ||
	    waitpid(courier->pid, &status, WNOHANG) != courier->pid) {
		return;
	}
	log_event(LOG_LEVEL_WARNING, "courier_ended",
	    log_int("status", WIFEXITED(status) ? WEXITSTATUS(status) : -1),
	    log_int("signal", WIFSIGNALED(status) ? WTERMSIG(status) : 0));
	courier->pid = 0;
	if (now - courier->began_ms >= STEADY_MS || courier->pause_ms == 0) {
		courier->pause_ms = PAUSE_MIN_MS;
	} else if (courier->pause_ms < PAUSE_MAX_MS / 2) {
		courier->pause_ms *= 2;
	} else {
		courier->pause_ms = PAUSE_MAX_MS;
	}
	courier->due_ms = now + courier->pause_ms;
}

void
courier_stop(struct courier *courier)
{
	if (courier->pid == 0) {
		return;
	}
	(void)kill(courier->pid, SIGTERM);
	for (int i = 0; i < STOP_TRIES; i++) {
		if (waitpid(courier->pid, NULL, WNOHANG) != 0) {
			courier->pid = 0;
			return;
		}
		(void)usleep(STOP_STEP_US);
	}
	(void)kill(courier->pid, SIGKILL);
	(void)waitpid(courier->pid, NULL, 0);
	courier->pid = 0;
}
