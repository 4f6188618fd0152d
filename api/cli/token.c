/*
 * crm token: a short-lived token of a channel, for trials and tests.
 *
 * SPDX-License-Identifier: ISC
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/cli.h"
#include "cli/door.h"

#define MINUTES_MAX (JWT_LIFE_MAX_S / 60)

static bool
minutes_read(int64_t *out, const char *text)
{
	char *end;

	*out = strtoll(text, &end, 10);
	return *end == '\0' && *out >= 1 && *out <= MINUTES_MAX;
}

static int
token_print(const struct door *door, int64_t minutes)
{
	struct buf token;
	int status = CLI_FAILED;

	buf_init(&token, JWT_TOKEN_MAX);
	if (door_token(&token, door, minutes) == OK) {
		printf("%.*s\n", (int)token.len, (const char *)token.data);
		status = CLI_DONE;
	}
	buf_clear(&token);
	return status;
}

int
token_main(int argc, char **argv)
{
	static const struct option OPTIONS[] = {
	    DOOR_OPTIONS,
	    {"minutes", required_argument, NULL, 'm'},
	    {NULL, 0, NULL, 0},
	};
	struct door door = {.key_path = NULL};
	int64_t minutes = 10;
	int status = CLI_FAILED;
	int option;

	while ((option = getopt_long(argc, argv, "", OPTIONS, NULL)) != -1) {
		if (option == 'm' ? !minutes_read(&minutes, optarg)
				  : !door_option(&door, option, optarg)) {
			return cli_usage("token");
		}
	}
	if (optind + 1 != argc) {
		return cli_usage("token");
	}
	if (door_open(&door, argv[optind]) == OK) {
		status = token_print(&door, minutes);
	}
	door_clear(&door);
	return status;
}
