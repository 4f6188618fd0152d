/*
 * A batch on its way. See job.h.
 *
 * SPDX-License-Identifier: ISC
 */
#include "db/job.h"

#include <string.h>

#include "core/clock.h"
#include "core/heap.h"
#include "core/log.h"
#include "db/batch.h"
#include "db/sqlstate.h"

struct job *
job_new(struct db_batch *batch)
{
	struct job *job = heap_new(sizeof(*job));

	job->batch = batch;
	job->asked = clock_mono_ms();
	return job;
}

void
job_keep(struct job *job)
{
	struct job_statement *statement;
	size_t i, len = 0;
	uint8_t *at;
	int param;

	for (i = 0; i < job->count; i++)
		for (param = 0; param < STATEMENTS_PARAM_MAX; param++)
			len += (size_t)job->statement[i].len[param] + 1;
	job->copy = heap_new(len);
	at = job->copy;
	for (i = 0; i < job->count; i++) {
		statement = &job->statement[i];
		for (param = 0; param < STATEMENTS_PARAM_MAX; param++) {
			if (statement->value[param] == NULL)
				continue;
			memcpy(at, statement->value[param],
			    (size_t)statement->len[param]);
			statement->value[param] = (const char *)at;
			at += statement->len[param] + 1;
		}
	}
}

static void
field_copy(char *out, size_t size, const PGresult *result, int field)
{
	const char *text = PQresultErrorField(result, field);

	(void)snprintf(out, size, "%s", text != NULL ? text : "");
}

/* The first error decides; those behind it only say that it happened. */
static void
job_fail(struct job *job, const PGresult *result)
{
	struct db_fault *fault = &job->fault;
	size_t at = job->result_count;

	if (job->err != OK)
		return;
	field_copy(
	    fault->sqlstate, sizeof(fault->sqlstate), result, PG_DIAG_SQLSTATE);
	job->err = sqlstate_error(fault->sqlstate);
	/* Other errors name our tables there. */
	if (strncmp(fault->sqlstate, "CR", 2) == 0) {
		field_copy(fault->pointer, sizeof(fault->pointer), result,
		    PG_DIAG_COLUMN_NAME);
		field_copy(fault->code, sizeof(fault->code), result,
		    PG_DIAG_CONSTRAINT_NAME);
		return;
	}
	/* No message: it may hold values. */
	log_event(job->err == ERR_BROKEN ? LOG_LEVEL_ERROR : LOG_LEVEL_WARNING,
	    "db_error", log_text("sqlstate", fault->sqlstate),
	    log_text("statement",
		at < job->count ? statements_get(job->statement[at].id)->name
				: "COMMIT"));
}

void
job_take(struct job *job, PGresult *result)
{
	ExecStatusType status = PQresultStatus(result);

	if (status == PGRES_TUPLES_OK && job->err == OK &&
	    job->result_count < job->count) {
		job->result[job->result_count++] = result;
		return;
	}
	if (status == PGRES_FATAL_ERROR)
		job_fail(job, result);
	PQclear(result);
}

void
job_finish(struct job *job)
{
	struct db_batch *batch = job->batch;

	if (job->err == OK && job->result_count != job->count)
		job->err = ERR_BROKEN;
	if (batch != NULL)
		batch_finish(batch, job);
	else
		job_free(job);
}

void
job_give_up(struct job *job)
{
	struct db_batch *batch = job->batch;

	job->batch = NULL;
	if (batch != NULL)
		batch_lost(batch);
}

void
job_free(struct job *job)
{
	size_t i;

	for (i = 0; i < job->result_count; i++)
		PQclear(job->result[i]);
	heap_free(job->copy);
	heap_free(job);
}
