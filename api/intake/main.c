/*
 * crm intake: reports of channels that have no program of their own, handed in
 * at the API as any other client does.
 *
 * SPDX-License-Identifier: ISC
 */
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "core/log.h"
#include "intake/mail.h"
#include "intake/read.h"
#include "intake/table.h"

struct options {
	struct door door;
	const char *channel;
	const char *maildir;
	const char *tickets;
	struct table_options table;
};

static bool
option_take(struct options *options, int option)
{
	switch (option) {
	case 'c':
		options->channel = optarg;
		return true;
	case 'm':
		options->maildir = optarg;
		return true;
	case 't':
		options->tickets = optarg;
		return true;
	case 'r':
		options->table.result = optarg;
		return true;
	case 'n':
		options->table.is_dry = true;
		return true;
	default:
		return door_option(&options->door, option, optarg);
	}
}

static int
mail_main(struct post *post, const struct options *options)
{
	struct mail_count count;

	if (mail_run(&count, post, options->maildir, options->tickets) != OK) {
		return CLI_FAILED;
	}
	printf("taken in: %zu, refused: %zu, automatic: %zu, left for later:"
	       " %zu\n",
	    count.taken, count.refused, count.automatic, count.left);
	return count.left == 0 ? CLI_DONE : CLI_FAILED;
}

static int
table_main(struct post *post, const struct options *options)
{
	struct table_count count;

	if (table_run(&count, post, &options->table) != OK) {
		return CLI_FAILED;
	}
	printf("%s: %zu, again: %zu, refused: %zu, left for later: %zu\n",
	    options->table.is_dry ? "good" : "taken in", count.taken,
	    count.again, count.refused, count.left);
	return count.refused == 0 && count.left == 0 ? CLI_DONE : CLI_FAILED;
}

static int
intake_run(struct options *options, bool is_mail)
{
	struct post *post = NULL;
	int status = CLI_FAILED;

	if (door_open(&options->door, options->channel) == OK &&
	    post_new(&post, &options->door) == OK) {
		status = is_mail ? mail_main(post, options)
				 : table_main(post, options);
	}
	log_flush();
	post_free(post);
	door_clear(&options->door);
	return status;
}

int
intake_main(int argc, char **argv)
{
	static const struct option OPTIONS[] = {
	    DOOR_OPTIONS,
	    DOOR_URL_OPTIONS,
	    {"channel", required_argument, NULL, 'c'},
	    {"maildir", required_argument, NULL, 'm'},
	    {"tickets", required_argument, NULL, 't'},
	    {"result", required_argument, NULL, 'r'},
	    {"dry-run", no_argument, NULL, 'n'},
	    {NULL, 0, NULL, 0},
	};
	struct options options = {.channel = NULL};
	bool is_mail = argc > 1 && strcmp(argv[1], "mail") == 0;
	bool is_table = argc > 1 && strcmp(argv[1], "csv") == 0;
	int option;

	log_start("intake");
	if (argc == 2 && strcmp(argv[1], "read") == 0) {
		return read_main();
	}
	if (!is_mail && !is_table) {
		return cli_usage("intake");
	}
	argc--;
	argv++;
	while ((option = getopt_long(argc, argv, "", OPTIONS, NULL)) != -1) {
		if (!option_take(&options, option)) {
			return cli_usage("intake");
		}
	}
	options.table.path = argv[optind];
	options.table.channel = options.channel;
	if (options.channel == NULL || optind + (is_table ? 1 : 0) != argc ||
	    is_mail != (options.maildir != NULL)) {
		return cli_usage("intake");
	}
	return intake_run(&options, is_mail);
}
