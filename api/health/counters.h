/*
 * Numbers of all workers in shared memory, each worker writing its own slot.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_HEALTH_COUNTERS_H
#define API_HEALTH_COUNTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/buf.h"

enum counters_value {
#define COUNTER(name, metric, what) COUNTERS_##name,
#define GAUGE(name, metric, what)   COUNTERS_##name,
#include "health/counters.def"
#undef COUNTER
#undef GAUGE
	COUNTERS_VALUE__COUNT
};

/* Requests that belong to no row of the route table. */
enum counters_series {
	COUNTERS_REFUSED, /* by the guard or Kore: no request */
	COUNTERS_UNKNOWN, /* no such path */
	COUNTERS_CLIENT, /* files of the web client */
	COUNTERS_LOCAL, /* the metrics port */
	COUNTERS_ROUTE /* + row number */
};

#define COUNTERS_SERIES_MAX  96
#define COUNTERS_WORKERS_MAX 64

/* Before the workers are forked. names[i] is series COUNTERS_ROUTE + i; they
 * stay with the caller. */
void counters_share(const char *const *names, size_t count, size_t workers);
/* In a worker: its number, from 1. Until then nothing is counted. */
void counters_use(unsigned worker);
void counters_request(unsigned series, int status, int64_t ms);
/* This worker's value as it is now. */
void counters_set(enum counters_value, int64_t value);
/* True when the value is set in every worker. */
bool counters_all(enum counters_value);
/* Prometheus text of all workers together. */
void counters_write(struct buf *);

#endif
