/*
 * Between the batch that a call holds and the job that is on its way.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_DB_BATCH_H
#define API_DB_BATCH_H

#include "db/job.h"

/* The job is answered: takes its results, frees it, calls back. */
void batch_finish(struct db_batch *, struct job *);
/* The job went away: calls back with ERR_UNAVAILABLE. */
void batch_lost(struct db_batch *);

#endif
