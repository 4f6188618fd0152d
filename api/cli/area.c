/*
 * crm area import: hands a GeoJSON file to the database, which takes all of it
 * or nothing.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"

#define GEOJSON_BYTES_MAX ((size_t)64 * 1024 * 1024)

static int
import(const char *text)
{
	const char *const params[] = {text};
	struct sync_rows *rows = NULL;
	struct sync *sync = cli_database();
	int status = CLI_FAILED;

	if (sync == NULL) {
		return CLI_FAILED;
	}
	if (cli_query(sync, &rows,
		"select kelurahan, kecamatan, kota, unchanged"
		" from crm.area_import($1)",
		params, 1) == OK) {
		printf("%s kelurahan imported; %s kecamatan and %s kota made"
		       " from them; %s kelurahan unchanged\n",
		    sync_rows_text(rows, 0, 0), sync_rows_text(rows, 0, 1),
		    sync_rows_text(rows, 0, 2), sync_rows_text(rows, 0, 3));
		status = CLI_DONE;
	}
	sync_rows_free(rows);
	sync_close(sync);
	return status;
}

int
area_main(int argc, char **argv)
{
	struct buf text;
	int status = CLI_FAILED;

	if (argc != 3 || strcmp(argv[1], "import") != 0) {
		return cli_usage("area");
	}
	buf_init(&text, GEOJSON_BYTES_MAX);
	if (cli_read(&text, argv[2]) == OK) {
		status = import((const char *)text.data);
	}
	buf_clear(&text);
	return status;
}
