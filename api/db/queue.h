/*
 * What waits for a connection, per login, bounded in number and in time.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_DB_QUEUE_H
#define API_DB_QUEUE_H

#include "db/job.h"

/* Sends or queues. ERR_UNAVAILABLE: the job is still the caller's. */
must_check enum err queue_submit(enum db_login, struct job *);

#endif
