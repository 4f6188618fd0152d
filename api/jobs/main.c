/*
 * crm jobs: runs each job when it is due, and keeps the courier of webhooks.
 * One process an instance: a lock in the database, gone with the connection,
 * keeps a second one waiting.
 *
 * SPDX-License-Identifier: ISC
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "cli/cli.h"
#include "core/clock.h"
#include "core/log.h"
#include "core/random.h"
#include "core/settings.h"
#include "jobs/courier.h"
#include "jobs/deliver.h"
#include "jobs/jobs.h"

/* After a job or a connection that failed. */
#define RETRY_MS  5000
#define JITTER_MS 2000

struct job {
	const char *name;
	jobs_fn run;
	int64_t every_ms;
	int64_t due_ms;
};

struct jobs {
	struct job *job;
	size_t count;
	struct sync *sync;
	struct courier courier;
	int signals;
};

static void
fault_log(const char *name, enum err err, const struct sync *sync)
{
	log_event(LOG_LEVEL_ERROR, "job_failed", log_text("job", name),
	    log_text("error", err_slug(err)),
	    log_text("sqlstate", sync_fault(sync)->sqlstate),
	    log_text("constraint", sync_fault(sync)->constraint));
}

/* Connects, and holds the lock, or has no connection afterwards. */
static enum err
connection_make(struct jobs *jobs)
{
	struct sync_rows *rows = NULL;
	bool has_lock = false;
	enum err err;

	if (jobs->sync != NULL) {
		return OK;
	}
	err =
	    sync_open(&jobs->sync, settings_get()->run, "crm_jobs", "crm jobs");
	if (err == OK) {
		err = sync_query(jobs->sync, &rows,
		    "select pg_try_advisory_lock(hashtext('crm jobs'))", NULL,
		    0);
	}
	if (err == OK) {
		has_lock = sync_rows_text(rows, 0, 0)[0] == 't';
		sync_rows_free(rows);
	}
	if (err == OK && has_lock) {
		return OK;
	}
	if (err != OK) {
		fault_log("connect", err, jobs->sync);
	}
	sync_close(jobs->sync);
	jobs->sync = NULL;
	return ERR_UNAVAILABLE;
}

/* Runs one job; false when it has to be tried again soon. */
static bool
job_run(struct jobs *jobs, const struct job *job)
{
	int64_t count = 0;
	int64_t began = clock_mono_ms();
	enum err err = job->run(&count, jobs->sync);

	if (err != OK) {
		fault_log(job->name, err, jobs->sync);
		sync_close(jobs->sync);
		jobs->sync = NULL;
		return false;
	}
	log_event(LOG_LEVEL_INFO, "job", log_text("job", job->name),
	    log_int("count", count), log_int("ms", clock_mono_ms() - began));
	return true;
}

/* Runs what is due; returns when the next thing is. */
static int64_t
round_run(struct jobs *jobs)
{
	int64_t next = INT64_MAX;

	for (size_t i = 0; i < jobs->count; i++) {
		struct job *job = &jobs->job[i];
		if (job->due_ms <= clock_mono_ms()) {
			bool is_done =
			    connection_make(jobs) == OK && job_run(jobs, job);
			job->due_ms = clock_mono_ms() +
			    (is_done ? job->every_ms : RETRY_MS) +
			    random_below(JITTER_MS);
		}
		if (job->due_ms < next) {
			next = job->due_ms;
		}
	}
	log_flush();
	return next;
}

/* Waits for the next job or a signal; false when it is time to end. */
static bool
next_wait(struct jobs *jobs, int64_t next)
{
	struct pollfd poll_fd = {.fd = jobs->signals, .events = POLLIN};
	struct signalfd_siginfo signal;
	int64_t courier = courier_keep(&jobs->courier);
	int64_t left = (courier < next ? courier : next) - clock_mono_ms();

	if (left < 0) {
		left = 0;
	}
	if (poll(&poll_fd, 1, left > 60000 ? 60000 : (int)left) <= 0) {
		return true;
	}
	if (read(jobs->signals, &signal, sizeof(signal)) != sizeof(signal)) {
		return false;
	}
	switch (signal.ssi_signo) {
	case SIGCHLD:
		courier_reap(&jobs->courier);
		return true;
	case SIGUSR1:
		for (size_t i = 0; i < jobs->count; i++) {
			jobs->job[i].due_ms = 0;
		}
		return true;
	default:
		return false;
	}
}

static bool
signals_take(struct jobs *jobs)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGCHLD);
	sigaddset(&set, SIGUSR1);
	if (sigprocmask(SIG_BLOCK, &set, NULL) != 0) {
		return false;
	}
	jobs->signals = signalfd(-1, &set, SFD_CLOEXEC);
	return jobs->signals >= 0;
}

/* Every job once, for tests and for those who do not want to wait. */
static int
once_run(struct jobs *jobs)
{
	int status = CLI_DONE;

	if (connection_make(jobs) != OK) {
		return cli_fail("no connection, or another crm jobs runs");
	}
	for (size_t i = 0; i < jobs->count; i++) {
		if (connection_make(jobs) != OK ||
		    !job_run(jobs, &jobs->job[i])) {
			status = CLI_FAILED;
		}
	}
	return deliver_run(-1, true) == OK ? status : CLI_FAILED;
}

int
jobs_main(int argc, char **argv)
{
	struct job job[] = {
#define JOB(name, function, seconds, what)                                     \
	{name, function, (seconds)*INT64_C(1000), 0},
#include "jobs/jobs.def"
#undef JOB
	};
	struct jobs jobs = {job, sizeof(job) / sizeof(job[0]), NULL, {0}, -1};
	bool is_once = argc == 2 && strcmp(argv[1], "--once") == 0;
	int status = CLI_DONE;

	if (argc != 1 && !is_once) {
		return cli_usage("jobs");
	}
	log_start("jobs");
	if (is_once) {
		status = once_run(&jobs);
	} else if (!signals_take(&jobs)) {
		status = cli_fail("signals: %s", strerror(errno));
	} else {
		while (next_wait(&jobs, round_run(&jobs))) {
			continue;
		}
		courier_stop(&jobs.courier);
		log_event(LOG_LEVEL_INFO, "stop");
	}
	sync_close(jobs.sync);
	log_flush();
	return status;
}
