/*
 * Batches as the rest of the server holds them: parameters going out, rows
 * coming back.
 *
 * SPDX-License-Identifier: ISC
 */
#include "db/batch.h"

#include <string.h>

#include "core/check.h"
#include "db/queue.h"
#include "db/rows.h"

#define BATCH_MAGIC 0x62617463u

struct db_batch {
	unsigned magic;
	enum db_login login;
	struct job_statement statement[JOB_STATEMENTS_MAX];
	size_t count;
	struct job *job; /* while it is on its way */
	db_done_fn done;
	void *arg;
	struct db_rows rows[JOB_STATEMENTS_MAX];
	size_t rows_count;
	struct db_fault fault;
};

struct db_batch *
db_batch_new(struct arena *arena, enum db_login login)
{
	struct db_batch *batch = arena_get(arena, sizeof(*batch));

	batch->magic = BATCH_MAGIC;
	batch->login = login;
	return batch;
}

void
db_batch_add(struct db_batch *batch, enum db_statement id,
    const struct db_param *params, size_t count)
{
	const struct statement *statement = statements_get(id);
	struct job_statement *out;
	size_t i;

	must(batch->magic == BATCH_MAGIC && batch->job == NULL,
	    "a batch grows only before it is sent");
	must(batch->count < JOB_STATEMENTS_MAX,
	    "a batch has four statements at most");
	must(count == (size_t)statement->params,
	    "a statement gets the parameters it has");
	must((statement->logins & (1u << batch->login)) != 0,
	    "a statement runs as a login that prepared it");
	out = &batch->statement[batch->count++];
	out->id = id;
	for (i = 0; i < count; i++) {
		if (params[i].data == NULL)
			continue;
		out->value[i] = params[i].data;
		out->len[i] = (int)(params[i].binary ? params[i].len
						     : strlen(params[i].data));
		out->format[i] = params[i].binary;
	}
}

enum err
db_batch_send(struct db_batch *batch, db_done_fn done, void *arg)
{
	struct job *job;
	enum err err;

	must(batch->magic == BATCH_MAGIC && batch->job == NULL &&
		batch->count > 0,
	    "a batch is sent once, with something in it");
	job = job_new(batch);
	memcpy(job->statement, batch->statement, sizeof(job->statement));
	job->count = batch->count;
	batch->job = job;
	batch->done = done;
	batch->arg = arg;
	err = queue_submit(batch->login, job);
	if (err != OK) {
		batch->job = NULL;
		job_free(job);
	}
	return err;
}

void
db_batch_forget(struct db_batch *batch)
{
	if (batch->job != NULL)
		batch->job->batch = NULL;
	batch->job = NULL;
}

void
db_batch_clear(struct db_batch *batch)
{
	size_t i;

	if (batch == NULL)
		return;
	must(batch->job == NULL, "a batch on its way is forgotten first");
	for (i = 0; i < batch->rows_count; i++)
		PQclear(batch->rows[i].result);
	batch->rows_count = 0;
}

void
batch_finish(struct db_batch *batch, struct job *job)
{
	enum err err = job->err;
	size_t i;

	batch->fault = job->fault;
	if (err == OK) {
		for (i = 0; i < job->result_count; i++)
			batch->rows[i].result = job->result[i];
		batch->rows_count = job->result_count;
		job->result_count = 0;
	}
	batch->job = NULL;
	job_free(job);
	batch->done(batch->arg, err);
}

void
batch_lost(struct db_batch *batch)
{
	batch->job = NULL;
	batch->done(batch->arg, ERR_UNAVAILABLE);
}

const struct db_fault *
db_batch_fault(const struct db_batch *batch)
{
	return &batch->fault;
}

const struct db_rows *
db_batch_rows(const struct db_batch *batch, size_t index)
{
	must(index < batch->rows_count, "the batch has these rows");
	return &batch->rows[index];
}
