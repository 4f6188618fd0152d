/*
 * The connections of one worker, and the queue in front of them.
 *
 * SPDX-License-Identifier: ISC
 */
#include "db/pool.h"

#include <string.h>

#include "db/connection.h"
#include "db/queue.h"
#include "kore/loop.h"

#define CONNECTIONS    2
#define WAITING_MAX    512
#define WAITING_MS_MAX 5000
#define TICK_MS        50

struct pool_login {
	struct connection_owner owner; /* first */
	struct db_connection *connection[CONNECTIONS];
	struct job_list waiting;
	int64_t count;
	int64_t refused;
};

static struct pool_login pools[DB_LOGIN__COUNT];

/* The connection with most room, or NULL. */
static struct db_connection *
pool_pick(const struct pool_login *pool)
{
	struct db_connection *best = NULL;
	int load, best_load = CONNECTION_JOBS_MAX;
	size_t i;

	for (i = 0; i < CONNECTIONS; i++) {
		if (pool->connection[i] == NULL)
			continue;
		load = connection_load(pool->connection[i]);
		if (load >= 0 && load < best_load) {
			best = pool->connection[i];
			best_load = load;
		}
	}
	return best;
}

static bool
pool_is_up(const struct pool_login *pool)
{
	size_t i;

	for (i = 0; i < CONNECTIONS; i++)
		if (pool->connection[i] != NULL &&
		    connection_is_up(pool->connection[i]))
			return true;
	return false;
}

static struct job *
pool_next(struct pool_login *pool)
{
	struct job *job = TAILQ_FIRST(&pool->waiting);

	if (job != NULL) {
		TAILQ_REMOVE(&pool->waiting, job, list);
		pool->count--;
	}
	return job;
}

static void
pool_lose(struct pool_login *pool, struct job *job)
{
	pool->owner.lost++;
	job_give_up(job);
	job_free(job);
}

/* Room was made, or a connection is gone. */
static void
pool_changed(struct connection_owner *owner)
{
	struct pool_login *pool = (struct pool_login *)owner;
	struct db_connection *connection;
	struct job *job;

	while (!TAILQ_EMPTY(&pool->waiting)) {
		connection = pool_pick(pool);
		if (connection == NULL)
			break;
		job = pool_next(pool);
		/* Nobody waits any more and nothing was sent yet. */
		if (job->batch == NULL)
			job_free(job);
		else
			connection_send(connection, job);
	}
	if (pool_is_up(pool))
		return;
	while ((job = pool_next(pool)) != NULL)
		pool_lose(pool, job);
}

enum err
queue_submit(enum db_login login, struct job *job)
{
	struct pool_login *pool = &pools[login];
	struct db_connection *connection;

	connection = TAILQ_EMPTY(&pool->waiting) ? pool_pick(pool) : NULL;
	if (connection != NULL) {
		connection_send(connection, job);
		return OK;
	}
	if (!pool_is_up(pool) || pool->count >= WAITING_MAX) {
		pool->refused++;
		return ERR_UNAVAILABLE;
	}
	job_keep(job);
	TAILQ_INSERT_TAIL(&pool->waiting, job, list);
	pool->count++;
	return OK;
}

static void
pool_tick(void *arg, int64_t now)
{
	struct pool_login *pool = arg;
	struct job *job;
	size_t i;

	for (i = 0; i < CONNECTIONS; i++)
		connection_tick(pool->connection[i], now);
	while ((job = TAILQ_FIRST(&pool->waiting)) != NULL &&
	    now - job->asked > WAITING_MS_MAX)
		pool_lose(pool, pool_next(pool));
}

void
db_pool_start(const char *host)
{
	size_t i;
	int login;

	for (login = 0; login < DB_LOGIN__COUNT; login++) {
		pools[login].owner.login = (enum db_login)login;
		pools[login].owner.host = host;
		pools[login].owner.changed = pool_changed;
		TAILQ_INIT(&pools[login].waiting);
		for (i = 0; i < CONNECTIONS; i++)
			pools[login].connection[i] =
			    connection_new(&pools[login].owner);
		loop_every(TICK_MS, pool_tick, &pools[login]);
	}
}

bool
db_ready(void)
{
	int login;

	for (login = 0; login < DB_LOGIN__COUNT; login++)
		if (!pool_is_up(&pools[login]))
			return false;
	return true;
}

void
db_pool_stats(struct db_stats *out)
{
	const struct pool_login *pool;
	size_t i;
	int login;

	memset(out, 0, sizeof(*out));
	for (login = 0; login < DB_LOGIN__COUNT; login++) {
		pool = &pools[login];
		out->batches += pool->owner.batches;
		out->failures += pool->owner.failures;
		out->lost += pool->owner.lost;
		out->connects += pool->owner.connects;
		out->refused += pool->refused;
		out->waiting += pool->count;
		for (i = 0; i < CONNECTIONS; i++) {
			out->up += connection_is_up(pool->connection[i]);
			out->in_flight +=
			    connection_in_flight(pool->connection[i]);
		}
	}
}
