/*
 * crm channel: the ways by which reports come in.
 *
 * SPDX-License-Identifier: ISC
 */
#include "cli/channel.h"

#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/webhook.h"

static const struct option NO_OPTIONS[] = {{NULL, 0, NULL, 0}};

bool
channel_arguments(const char **name, const char **values, int argc, char **argv,
    const struct option *options)
{
	int option;

	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (option == '?') {
			return false;
		}
		values[option] = optarg != NULL ? optarg : "";
	}
	if (optind + 1 != argc) {
		return false;
	}
	*name = argv[optind];
	return true;
}

int
channel_ask(const char *text, const char *const *params, size_t count,
    const char *remark)
{
	struct sync_rows *rows = NULL;
	struct sync *sync = cli_database();
	int status = CLI_FAILED;

	if (sync == NULL) {
		return CLI_FAILED;
	}
	if (cli_query(sync, &rows, text, params, count) == OK) {
		status = sync_rows_count(rows) > 0 &&
			sync_rows_text(rows, 0, 0) != NULL
		    ? CLI_DONE
		    : cli_fail("%s", remark);
	}
	sync_rows_free(rows);
	sync_close(sync);
	return status;
}

int
channel_print(
    const char *text, const char *const *params, size_t count, size_t columns)
{
	struct sync_rows *rows = NULL;
	struct sync *sync = cli_database();
	int status = CLI_FAILED;

	if (sync == NULL) {
		return CLI_FAILED;
	}
	if (cli_query(sync, &rows, text, params, count) == OK) {
		for (size_t i = 0; i < sync_rows_count(rows); i++) {
			for (size_t c = 0; c < columns; c++) {
				const char *cell = sync_rows_text(rows, i, c);
				printf("%s%s", c == 0 ? "" : "\t",
				    cell == NULL ? "-" : cell);
			}
			putchar('\n');
		}
		status = CLI_DONE;
	}
	sync_rows_free(rows);
	sync_close(sync);
	return status;
}

static int
channel_list(int argc, char **argv)
{
	(void)argv;
	if (argc != 1) {
		return cli_usage("channel");
	}
	return channel_print(
	    "select format('%-16s %-10s %-8s %7s %7s  %-24s %s', name,"
	    " state, kind, reads, writes, keys, title) from"
	    " crm.channel_lines()",
	    NULL, 0, 1);
}

static int
channel_add(int argc, char **argv)
{
	enum { TITLE, GEOTAGGED, SANDBOX, COUNT };
	static const struct option options[] = {
	    {"title", required_argument, NULL, TITLE},
	    {"geotagged", no_argument, NULL, GEOTAGGED},
	    {"sandbox", no_argument, NULL, SANDBOX},
	    {NULL, 0, NULL, 0},
	};
	const char *values[COUNT] = {NULL}, *name;

	if (!channel_arguments(&name, values, argc, argv, options) ||
	    values[TITLE] == NULL) {
		return cli_usage("channel");
	}
	const char *const params[] = {name, values[TITLE],
	    values[GEOTAGGED] != NULL ? "true" : "false",
	    values[SANDBOX] != NULL ? "true" : "false"};
	return channel_ask(
	    "select crm.channel_add($1, $2, $3::boolean, $4::boolean)", params,
	    4, "no channel was added");
}

/* Changes what is given; NULL leaves it. */
static int
channel_change(const char *name, const char *is_active, const char *reads,
    const char *writes)
{
	const char *const params[] = {name, is_active, reads, writes};

	return channel_ask("select crm.channel_edit(c.id, null, $2::boolean,"
			   " $3::int, $4::int) is not null"
			   " from crm.channel c where c.name = $1",
	    params, 4, "there is no such channel");
}

static int
channel_suspend(int argc, char **argv)
{
	const char *name;

	if (!channel_arguments(&name, NULL, argc, argv, NO_OPTIONS)) {
		return cli_usage("channel");
	}
	return channel_change(name, "false", NULL, NULL);
}

static int
channel_resume(int argc, char **argv)
{
	const char *name;

	if (!channel_arguments(&name, NULL, argc, argv, NO_OPTIONS)) {
		return cli_usage("channel");
	}
	return channel_change(name, "true", NULL, NULL);
}

static int
channel_limits(int argc, char **argv)
{
	enum { READS, WRITES, COUNT };
	static const struct option options[] = {
	    {"reads", required_argument, NULL, READS},
	    {"writes", required_argument, NULL, WRITES},
	    {NULL, 0, NULL, 0},
	};
	const char *values[COUNT] = {NULL}, *name;

	if (!channel_arguments(&name, values, argc, argv, options) ||
	    (values[READS] == NULL && values[WRITES] == NULL)) {
		return cli_usage("channel");
	}
	return channel_change(name, NULL, values[READS], values[WRITES]);
}

int
channel_main(int argc, char **argv)
{
	static const struct {
		const char *name;
		int (*run)(int argc, char **argv);
	} actions[] = {
	    {"list", channel_list},
	    {"add", channel_add},
	    {"suspend", channel_suspend},
	    {"resume", channel_resume},
	    {"limits", channel_limits},
	    {"key", channel_key},
	    {"webhook", webhook_run},
	    {"apikey", channel_apikey},
	};

	for (size_t i = 0; i < sizeof(actions) / sizeof(actions[0]); i++) {
		if (argc > 1 && strcmp(argv[1], actions[i].name) == 0) {
			return actions[i].run(argc - 1, argv + 1);
		}
	}
	return cli_usage("channel");
}
