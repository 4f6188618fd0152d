/*
 * Whether this instance lives, whether it can work, and its numbers.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_HEALTH_HEALTH_H
#define API_HEALTH_HEALTH_H

#include "call/call.h"

/* 200 as long as the process answers at all. */
enum err health_process_ask(struct call *);
/* 200 when the database answered just now, else 503. */
enum err health_ready_ask(struct call *);
enum err health_ready_answer(struct call *);
/* Prometheus text; on the loopback port only. */
enum err health_metrics_ask(struct call *);

/* Now and then, in every worker: notes that it is ready to work. */
void health_moment(void);
/* From the channels' keys: false until they were read once. */
void health_keys_loaded(void);

#endif
