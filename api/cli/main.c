/*
 * crm: the administrator's command line and the smaller processes.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "core/buf.h"
#include "core/settings.h"

struct command {
	const char *name;
	cli_fn run;
	const char *usage;
	const char *what;
};

static const struct command COMMANDS[] = {
#define COMMAND(name, function, usage, what) {name, function, usage, what},
#include "cli/commands.def"
#undef COMMAND
};

#define COMMAND_COUNT (sizeof(COMMANDS) / sizeof(COMMANDS[0]))

static const struct command *
command_find(const char *name)
{
	for (size_t i = 0; i < COMMAND_COUNT; i++) {
		if (strcmp(COMMANDS[i].name, name) == 0) {
			return &COMMANDS[i];
		}
	}
	return NULL;
}

/* One "crm NAME …" line for each line of the row's usage. */
static void
usage_print(FILE *out, const struct command *command)
{
	const char *line = command->usage;

	for (;;) {
		size_t len = strcspn(line, "\n");
		fprintf(out, "  crm %s%s%.*s\n", command->name,
		    len == 0 ? "" : " ", (int)len, line);
		if (line[len] == '\0') {
			return;
		}
		line += len + 1;
	}
}

int
cli_usage(const char *command)
{
	const struct command *row = command_find(command);

	fprintf(stderr, "usage:\n");
	if (row != NULL) {
		usage_print(stderr, row);
	}
	return CLI_USAGE;
}

static void
help_print(FILE *out)
{
	struct buf settings;

	fprintf(out, "usage: crm COMMAND …\n");
	for (size_t i = 0; i < COMMAND_COUNT; i++) {
		fprintf(out, "\n%s: %s\n", COMMANDS[i].name, COMMANDS[i].what);
		usage_print(out, &COMMANDS[i]);
	}
	buf_init(&settings, 16384);
	settings_describe(&settings);
	fprintf(out, "\nSettings, from the environment:\n%.*s",
	    (int)settings.len, (const char *)settings.data);
	buf_clear(&settings);
}

static int
settings_start(void)
{
	struct buf fault;
	int status = CLI_DONE;

	buf_init(&fault, 16384);
	if (settings_load(&fault) != OK) {
		status =
		    cli_fail("%.*s", (int)fault.len, (const char *)fault.data);
	}
	buf_clear(&fault);
	return status;
}

int
main(int argc, char **argv)
{
	const struct command *command;

	if (argc < 2) {
		help_print(stderr);
		return CLI_USAGE;
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0) {
		help_print(stdout);
		return CLI_DONE;
	}
	command = command_find(argv[1]);
	if (command == NULL) {
		cli_fail("there is no command \"%s\"; see crm --help", argv[1]);
		return CLI_USAGE;
	}
	if (settings_start() != CLI_DONE) {
		return CLI_FAILED;
	}
	return command->run(argc - 1, argv + 1);
}
