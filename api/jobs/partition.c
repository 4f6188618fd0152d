/*
 * Partitions of reports, events and audit are there before the month begins.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdlib.h>

#include "jobs/jobs.h"

enum err
partition_run(int64_t *count, struct sync *sync)
{
	struct sync_rows *rows;
	enum err err;

	err =
	    sync_query(sync, &rows, "select api.job_partition_add()", NULL, 0);
	if (err != OK) {
		return err;
	}
	*count = strtoll(sync_rows_text(rows, 0, 0), NULL, 10);
	sync_rows_free(rows);
	return OK;
}
