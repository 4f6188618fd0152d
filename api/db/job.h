/*
 * A batch on its way: outlives the call that asked, because what was sent is
 * answered whether anyone waits or not.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_DB_JOB_H
#define API_DB_JOB_H

#include <sys/queue.h>

#include <libpq-fe.h>
#include <stdbool.h>
#include <stdint.h>

#include "db/statements.h"

#define JOB_STATEMENTS_MAX 5

struct job_statement {
	enum db_statement id;
	const char *value[STATEMENTS_PARAM_MAX];
	int len[STATEMENTS_PARAM_MAX];
	int format[STATEMENTS_PARAM_MAX];
};

struct job {
	TAILQ_ENTRY(job) list;
	struct job_statement statement[JOB_STATEMENTS_MAX];
	size_t count;
	void *copy; /* the values, when it had to wait */
	int64_t asked; /* clock_mono_ms() */
	int64_t begun; /* sent, and those before it were answered */
	PGresult *result[JOB_STATEMENTS_MAX];
	size_t result_count;
	enum err err;
	struct db_fault fault;
	struct db_batch *batch; /* NULL: nobody waits any more */
};
TAILQ_HEAD(job_list, job);

/* Its values belong to the caller until job_keep(). */
struct job *job_new(struct db_batch *);
/* Copies the values. */
void job_keep(struct job *);
/* Takes the result of the next statement, or of the whole, when one failed. */
void job_take(struct job *, PGresult *);
/* The answer is complete: tells the batch, frees the job. */
void job_finish(struct job *);
/* It will not be answered, or not in time: tells the batch, once. */
void job_give_up(struct job *);
void job_free(struct job *);

#endif
