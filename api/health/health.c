/*
 * Whether this instance lives, whether it can work, and its numbers.
 *
 * SPDX-License-Identifier: ISC
 */
#include "health/health.h"

#include "core/log.h"
#include "health/counters.h"
#include "policy/policy.h"

#define METRICS_MAX (1024 * 1024)

static bool has_keys;

void
health_keys_loaded(void)
{
	has_keys = true;
}

void
health_moment(void)
{
	if (has_keys && db_ready())
		counters_set(COUNTERS_STARTED, 1);
}

static enum err
answer_state(struct call *call, const char *state)
{
	const struct policy_view view = {READER_PUBLIC, call->lang};

	policy_empty(&call->answer, &view, 200, state);
	return OK;
}

enum err
health_process_ask(struct call *call)
{
	return answer_state(call, "alive");
}

enum err
health_ready_ask(struct call *call)
{
	/* All of them once: the next request may come to another worker. */
	if (!db_ready() || !has_keys || !counters_all(COUNTERS_STARTED))
		return ERR_UNAVAILABLE;
	db_batch_add(call_batch(call), DB_READY, NULL, 0);
	return call_send(call);
}

enum err
health_ready_answer(struct call *call)
{
	const struct db_rows *rows = call_rows(call, 0);
	const char *ready;

	/* False: not migrated, or set up so that it may lose or tell things. */
	ready = db_rows_text(rows, 0, db_rows_column(rows, "ready", 0));
	if (ready == NULL || ready[0] != 't') {
		log_event(LOG_LEVEL_ERROR, "database_not_set_up");
		return ERR_UNAVAILABLE;
	}
	return answer_state(call, "ready");
}

enum err
health_metrics_ask(struct call *call)
{
	struct answer *answer = &call->answer;

	buf_init(&answer->body, METRICS_MAX);
	counters_write(&answer->body);
	answer->media_type = "text/plain; version=0.0.4; charset=utf-8";
	answer->level = CONFIDENTIALITY_PUBLIC;
	answer->status = 200;
	return answer->body.failed ? ERR_BROKEN : OK;
}
