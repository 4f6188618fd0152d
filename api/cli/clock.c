/*
 * crm clock: moves the clock of a demo instance, so that deadlines can be seen
 * to pass. Never on an instance that does real work.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"

int
clock_main(int argc, char **argv)
{
	const char *const params[] = {
	    argc == 2 && strcmp(argv[1], "reset") != 0 ? argv[1] : "0"};
	struct sync_rows *rows = NULL;
	struct sync *sync;
	int status = CLI_FAILED;

	if (argc != 2) {
		return cli_usage("clock");
	}
	if (!cli_is_demo()) {
		return cli_fail("the clock of an instance without demo.json"
				" is not moved");
	}
	sync = cli_database();
	if (sync == NULL) {
		return CLI_FAILED;
	}
	if (cli_query(sync, &rows,
		"select to_char(crm.clock_set($1::bigint),"
		" 'YYYY-MM-DD HH24:MI:SSOF')",
		params, 1) == OK) {
		printf("CRM's clock says %s\n", sync_rows_text(rows, 0, 0));
		status = CLI_DONE;
	}
	sync_rows_free(rows);
	sync_close(sync);
	return status;
}
