/*
 * One connection in pipeline mode. Each job is its statements and one Sync,
 * hence one implicit transaction; jobs are answered in the order sent.
 *
 * SPDX-License-Identifier: ISC
 */
#include "db/connection.h"

#include <string.h>

#include "core/check.h"
#include "core/clock.h"
#include "core/heap.h"
#include "core/log.h"
#include "core/random.h"
#include "db/sqlstate.h"
#include "kore/loop.h"

#define BACKOFF_MS_MIN 100
#define BACKOFF_MS_MAX 5000
/* libpq knows no time limit when it does not block. */
#define CONNECT_MS_MAX 3000
/* A job unanswered for so long: the database does not even keep its own
 * statement_timeout. */
#define ANSWER_MS_MAX 5000

enum state { STATE_DOWN, STATE_CONNECTING, STATE_PREPARING, STATE_UP };

struct db_connection {
	struct connection_owner *owner;
	struct loop_watch *watch;
	PGconn *pg;
	enum state state;
	int fd;
	unsigned watched;
	bool is_broken; /* failed while sending: given up by the tick */
	bool is_stale; /* what it prepared is of an older schema */
	int count; /* jobs in flight */
	struct job_list jobs;
	int64_t since; /* when it began to connect */
	int64_t retry_at;
	int64_t backoff;
};

static void
connection_watch(struct db_connection *c, unsigned what)
{
	if (PQsocket(c->pg) != c->fd) {
		c->fd = PQsocket(c->pg);
		c->watched = 0;
	}
	if (c->watched == what)
		return;
	c->watched = what;
	loop_watch_set(c->watch, c->fd, what);
}

static void
connection_fail(struct db_connection *c, const char *why)
{
	struct job_list jobs = TAILQ_HEAD_INITIALIZER(jobs);
	struct job *job;

	log_event(LOG_LEVEL_WARNING, "db_connection_lost",
	    log_text("login", statements_login(c->owner->login)),
	    log_text("why", why), log_int("in_flight", c->count));
	PQfinish(c->pg); /* closes the descriptor: the loop forgets it */
	c->pg = NULL;
	c->fd = -1;
	c->watched = 0;
	c->state = STATE_DOWN;
	c->is_broken = false;
	c->is_stale = false;
	c->count = 0;
	c->backoff = c->backoff == 0 ? BACKOFF_MS_MIN : c->backoff * 2;
	if (c->backoff > BACKOFF_MS_MAX)
		c->backoff = BACKOFF_MS_MAX;
	c->retry_at = clock_mono_ms() + c->backoff / 2 +
	    random_below((uint32_t)c->backoff / 2 + 1);
	TAILQ_CONCAT(&jobs, &c->jobs, list);
	while ((job = TAILQ_FIRST(&jobs)) != NULL) {
		TAILQ_REMOVE(&jobs, job, list);
		c->owner->lost++;
		job_give_up(job);
		job_free(job);
	}
	c->owner->changed(c->owner);
}

/* Notices are for people at a terminal, and may hold values. */
static void
connection_notice(void *arg, const PGresult *result)
{
	(void)arg;
	(void)result;
}

static void
connection_start(struct db_connection *c, int64_t now)
{
	const struct {
		const char *key;
		const char *value;
	} rows[] = {
	    {"host", c->owner->host},
	    {"user", statements_login(c->owner->login)},
	    {"dbname", "crm"},
	    {"application_name", "crmd"},
	    {"passfile", "/nonexistent"},
	    {"sslmode", "disable"}, /* a unix socket */
	    {"gssencmode", "disable"},
	    {"client_encoding", "UTF8"},
	    {"options",
		"-c statement_timeout=3000 -c lock_timeout=2500 "
		"-c idle_in_transaction_session_timeout=5000 "
		"-c timezone=UTC -c datestyle=ISO -c bytea_output=hex "
		"-c jit=off -c default_transaction_isolation=read\\ committed"},
	};
	const char *keys[sizeof(rows) / sizeof(rows[0]) + 1] = {NULL};
	const char *values[sizeof(rows) / sizeof(rows[0]) + 1] = {NULL};
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		keys[i] = rows[i].key;
		values[i] = rows[i].value;
	}
	c->owner->connects++;
	c->state = STATE_CONNECTING;
	c->since = now;
	c->pg = PQconnectStartParams(keys, values, 0);
	must(c->pg != NULL, "there is memory for a connection");
	(void)PQsetNoticeReceiver(c->pg, connection_notice, NULL);
	if (PQstatus(c->pg) == CONNECTION_BAD ||
	    PQsetnonblocking(c->pg, 1) != 0) {
		connection_fail(c, "start");
		return;
	}
	connection_watch(c, LOOP_WRITE);
}

static void
connection_prepare(struct db_connection *c)
{
	unsigned bit = 1u << c->owner->login;
	const struct statement *statement;
	int id;

	if (!PQenterPipelineMode(c->pg)) {
		connection_fail(c, "pipeline");
		return;
	}
	for (id = 0; id < DB_STATEMENT__COUNT; id++) {
		statement = statements_get((enum db_statement)id);
		if ((statement->logins & bit) == 0)
			continue;
		if (!PQsendPrepare(c->pg, statement->name, statement->text,
			statement->params, NULL)) {
			connection_fail(c, "prepare");
			return;
		}
	}
	if (!PQpipelineSync(c->pg)) {
		connection_fail(c, "prepare");
		return;
	}
	c->state = STATE_PREPARING;
	connection_watch(
	    c, PQflush(c->pg) == 0 ? LOOP_READ : LOOP_READ | LOOP_WRITE);
}

static void
connection_poll(struct db_connection *c)
{
	switch (PQconnectPoll(c->pg)) {
	case PGRES_POLLING_OK:
		connection_prepare(c);
		return;
	case PGRES_POLLING_READING:
		connection_watch(c, LOOP_READ);
		return;
	case PGRES_POLLING_WRITING:
		connection_watch(c, LOOP_WRITE);
		return;
	case PGRES_POLLING_FAILED:
	case PGRES_POLLING_ACTIVE:
		connection_fail(c, "connect");
		return;
	}
}

/* A Sync came back: the statements are prepared, or a job is complete. */
static void
connection_synced(struct db_connection *c)
{
	struct job *job, *next;

	if (c->state == STATE_PREPARING) {
		c->state = STATE_UP;
		c->backoff = 0;
		c->owner->changed(c->owner);
		return;
	}
	job = TAILQ_FIRST(&c->jobs);
	must(job != NULL, "a Sync belongs to a job");
	TAILQ_REMOVE(&c->jobs, job, list);
	c->count--;
	next = TAILQ_FIRST(&c->jobs);
	if (next != NULL)
		next->begun = clock_mono_ms();
	c->owner->batches++;
	if (job->err != OK)
		c->owner->failures++;
	if (strcmp(job->fault.sqlstate, SQLSTATE_STALE) == 0)
		c->is_stale = true;
	job_finish(job);
	/* It takes no more jobs; once those in flight are answered, it comes
	 * back with statements prepared anew. */
	if (c->is_stale && c->count == 0)
		connection_fail(c, "schema changed");
}

/* False when the connection is gone with it. */
static bool
connection_result(struct db_connection *c, PGresult *result)
{
	const char *sqlstate;
	struct job *job;

	if (PQresultStatus(result) == PGRES_PIPELINE_SYNC) {
		PQclear(result);
		connection_synced(c);
		return c->pg != NULL;
	}
	if (c->state == STATE_PREPARING &&
	    PQresultStatus(result) == PGRES_FATAL_ERROR) {
		sqlstate = PQresultErrorField(result, PG_DIAG_SQLSTATE);
		log_event(LOG_LEVEL_ERROR, "db_prepare",
		    log_text("login", statements_login(c->owner->login)),
		    log_text("sqlstate", sqlstate));
		PQclear(result);
		connection_fail(c, "prepare");
		return false;
	}
	job = TAILQ_FIRST(&c->jobs);
	if (c->state == STATE_UP && job != NULL)
		job_take(job, result);
	else
		PQclear(result);
	return true;
}

static void
connection_read(struct db_connection *c)
{
	PGresult *result;
	int nothing = 0;

	if (!PQconsumeInput(c->pg)) {
		connection_fail(c, "read");
		return;
	}
	/* NULL stands between statements; several in a row are the end. */
	while (nothing < 3 && !PQisBusy(c->pg)) {
		result = PQgetResult(c->pg);
		if (result == NULL) {
			nothing++;
			continue;
		}
		nothing = 0;
		if (!connection_result(c, result))
			return;
	}
	if (PQstatus(c->pg) != CONNECTION_OK)
		connection_fail(c, "status");
	else if (c->state == STATE_UP)
		c->owner->changed(c->owner);
}

static void
connection_ready(void *arg, unsigned what)
{
	struct db_connection *c = arg;
	int rest;

	/* The loop may still hold an event of a descriptor that is closed. */
	if (c->state == STATE_DOWN)
		return;
	if (c->state == STATE_CONNECTING) {
		connection_poll(c);
		return;
	}
	if (what & LOOP_WRITE) {
		rest = PQflush(c->pg);
		if (rest < 0) {
			connection_fail(c, "write");
			return;
		}
		if (rest == 0)
			connection_watch(c, LOOP_READ);
	}
	/* Before a hangup comes the reason, and perhaps the last answers. */
	if (what & (LOOP_READ | LOOP_HANGUP))
		connection_read(c);
	if ((what & LOOP_HANGUP) && c->state != STATE_DOWN &&
	    c->state != STATE_CONNECTING)
		connection_fail(c, "hangup");
}

struct db_connection *
connection_new(struct connection_owner *owner)
{
	struct db_connection *c = heap_new(sizeof(*c));

	c->owner = owner;
	c->fd = -1;
	c->watch = loop_watch_new(connection_ready, c);
	TAILQ_INIT(&c->jobs);
	return c;
}

bool
connection_is_up(const struct db_connection *c)
{
	return c->state == STATE_UP && !c->is_broken && !c->is_stale;
}

int
connection_load(const struct db_connection *c)
{
	if (!connection_is_up(c) || c->count >= CONNECTION_JOBS_MAX)
		return -1;
	return c->count;
}

int
connection_in_flight(const struct db_connection *c)
{
	return c->count;
}

void
connection_send(struct db_connection *c, struct job *job)
{
	const struct job_statement *statement;
	bool is_sent = true;
	size_t i;
	int rest;

	job->begun = clock_mono_ms();
	TAILQ_INSERT_TAIL(&c->jobs, job, list);
	c->count++;
	for (i = 0; i < job->count && is_sent; i++) {
		statement = &job->statement[i];
		is_sent =
		    PQsendQueryPrepared(c->pg,
			statements_get(statement->id)->name,
			statements_get(statement->id)->params, statement->value,
			statement->len, statement->format, 0) != 0;
	}
	rest = is_sent && PQpipelineSync(c->pg) ? PQflush(c->pg) : -1;
	/* Whoever sends must not be called back before it even waits. */
	if (rest < 0)
		c->is_broken = true;
	else if (rest > 0)
		connection_watch(c, LOOP_READ | LOOP_WRITE);
}

void
connection_tick(struct db_connection *c, int64_t now)
{
	struct job *job;

	switch (c->state) {
	case STATE_DOWN:
		if (now >= c->retry_at)
			connection_start(c, now);
		return;
	case STATE_CONNECTING:
	case STATE_PREPARING:
		if (now - c->since > CONNECT_MS_MAX)
			connection_fail(c, "connect timeout");
		return;
	case STATE_UP:
		break;
	}
	if (c->is_broken) {
		connection_fail(c, "send");
		return;
	}
	job = TAILQ_FIRST(&c->jobs);
	if (job != NULL && now - job->begun > ANSWER_MS_MAX) {
		connection_fail(c, "answer timeout");
		return;
	}
	TAILQ_FOREACH(job, &c->jobs, list)
	{
		if (now - job->asked > ANSWER_MS_MAX)
			job_give_up(job);
	}
}
