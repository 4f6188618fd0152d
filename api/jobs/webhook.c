/*
 * The outbox stays small, and someone hears of receivers that fall behind:
 * one warning a minute for each, without its address, which may be a secret.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "core/log.h"
#include "jobs/jobs.h"

#define ROUNDS_MAX 1000

static int64_t
number_of(const struct sync_rows *rows, size_t row, size_t column)
{
	const char *text = sync_rows_text(rows, row, column);

	return text == NULL ? 0 : strtoll(text, NULL, 10);
}

static enum err
late_warn(struct sync *sync)
{
	struct sync_rows *rows;
	enum err err = sync_query(sync, &rows,
	    "select channel, webhook_id, disabled, waiting, age_seconds, dead"
	    " from api.job_webhook_late()",
	    NULL, 0);

	if (err != OK) {
		return err;
	}
	for (size_t i = 0; i < sync_rows_count(rows); i++) {
		log_event(LOG_LEVEL_WARNING, "webhook_late",
		    log_text("channel", sync_rows_text(rows, i, 0)),
		    log_text("receiver", sync_rows_text(rows, i, 1)),
		    log_bool("disabled", sync_rows_text(rows, i, 2)[0] == 't'),
		    log_int("waiting", number_of(rows, i, 3)),
		    log_int("age_seconds", number_of(rows, i, 4)),
		    log_int("dead", number_of(rows, i, 5)));
	}
	sync_rows_free(rows);
	return OK;
}

enum err
webhook_watch(int64_t *count, struct sync *sync)
{
	int64_t now = 1;

	for (int round = 0; now > 0 && round < ROUNDS_MAX; round++) {
		struct sync_rows *rows;
		enum err err = sync_query(
		    sync, &rows, "select api.job_webhook_prune()", NULL, 0);
		if (err != OK) {
			return err;
		}
		now = number_of(rows, 0, 0);
		*count += now;
		sync_rows_free(rows);
	}
	return late_warn(sync);
}
