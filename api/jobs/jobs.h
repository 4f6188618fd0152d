/*
 * Housekeeping: each job is one function that works on one connection and
 * says what it did. They may run again at any time and any number of times.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_JOBS_JOBS_H
#define API_JOBS_JOBS_H

#include <stdint.h>

#include "core/err.h"
#include "db/sync.h"

/* How many things a job made or removed. */
typedef enum err (*jobs_fn)(int64_t *count, struct sync *);

#define JOB(name, function, seconds, what)                                     \
	enum err function(int64_t *, struct sync *);
#include "jobs/jobs.def"
#undef JOB

#endif
