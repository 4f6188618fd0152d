/*
 * One connection in pipeline mode: connects by itself, prepares its login's
 * statements, carries several jobs at a time, comes back after a loss.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_DB_CONNECTION_H
#define API_DB_CONNECTION_H

#include <stdbool.h>
#include <stdint.h>

#include "db/job.h"

#define CONNECTION_JOBS_MAX 8

struct connection_owner {
	enum db_login login;
	const char *host;
	/* There is room, or the connection went down: the queue looks again. */
	void (*changed)(struct connection_owner *);
	int64_t connects;
	int64_t batches;
	int64_t failures;
	int64_t lost;
};

struct db_connection;

/* Lives as long as the process. */
struct db_connection *connection_new(struct connection_owner *);
/* Up, prepared and with room: how many jobs it carries; -1 otherwise. */
int connection_load(const struct db_connection *);
bool connection_is_up(const struct db_connection *);
int connection_in_flight(const struct db_connection *);
/* Sends; the job is the connection's until it is finished or given up. */
void connection_send(struct db_connection *, struct job *);
/* Now and then: connects again, gives up what takes too long. */
void connection_tick(struct db_connection *, int64_t now);

#endif
