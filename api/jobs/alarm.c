/*
 * Clocks that ring: reminders before a deadline and escalations after it. The
 * database rings a bounded number at once, so that no report waits for long;
 * we ask until there is nothing left.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "jobs/jobs.h"

#define ROUNDS_MAX 1000

enum err
alarm_run(int64_t *count, struct sync *sync)
{
	int64_t now = 1;

	for (int round = 0; now > 0 && round < ROUNDS_MAX; round++) {
		struct sync_rows *rows;
		enum err err =
		    sync_query(sync, &rows, "select api.job_alarm()", NULL, 0);
		if (err != OK) {
			return err;
		}
		now = strtoll(sync_rows_text(rows, 0, 0), NULL, 10);
		*count += now;
		sync_rows_free(rows);
	}
	return OK;
}
