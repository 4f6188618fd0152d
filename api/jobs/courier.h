/*
 * The child of crm jobs that delivers webhooks. A process of its own, so that
 * no receiver and no slow name server holds up the clocks of reports, and what
 * speaks to strangers has no other work.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_JOBS_COURIER_H
#define API_JOBS_COURIER_H

#include <stdint.h>
#include <sys/types.h>

struct courier {
	pid_t pid; /* 0: none runs */
	int64_t began_ms;
	int64_t due_ms; /* when to start the next */
	int64_t pause_ms;
};

/* Starts one when none runs and it is time; when to call again. */
int64_t courier_keep(struct courier *);
/* After SIGCHLD. */
void courier_reap(struct courier *);
/* Ends it, with a few seconds for what is under way. */
void courier_stop(struct courier *);

#endif
