/*
 * The connections of one worker to the database, one or two for each login.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_DB_POOL_H
#define API_DB_POOL_H

#include <stdint.h>

struct db_stats {
	int64_t batches; /* answered, well or not */
	int64_t failures; /* of these: refused by the database */
	int64_t lost; /* with their connection, or too late */
	int64_t refused; /* never sent */
	int64_t connects;
	int64_t up;
	int64_t in_flight;
	int64_t waiting;
};

/* Once per worker, when the event loop is there. host: the directory of
 * PostgreSQL's socket, absolute; constant from then on. */
void db_pool_start(const char *host);
void db_pool_stats(struct db_stats *);

#endif
