/*
 * crm channel: the ways by which reports come in, and the public keys their
 * tokens are verified with. Private keys never come here.
 *
 * SPDX-License-Identifier: ISC
 */
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "auth/jwt.h"
#include "cli/cli.h"

#define PEM_BYTES_MAX 16384u

struct channel {
	const char *name;
	const char *title;
	bool is_geotagged;
	const char *kid;
	const char *alg;
	const char *public_path;
	const char *issuer;
	const char *audience;
	const char *retire;
};

/* One function of the owner; a null answer means there was nothing to do. */
static int
one_row(const char *text, const char *const *params, size_t count)
{
	struct sync_rows *rows = NULL;
	struct sync *sync = cli_database();
	int status = CLI_FAILED;

	if (sync == NULL) {
		return CLI_FAILED;
	}
	if (cli_query(sync, &rows, text, params, count) == OK) {
		status = sync_rows_text(rows, 0, 0) != NULL
		    ? CLI_DONE
		    : cli_fail("there is no such active key");
	}
	sync_rows_free(rows);
	sync_close(sync);
	return status;
}

static int
channel_add(const struct channel *channel)
{
	const char *const params[] = {channel->name, channel->title,
	    channel->is_geotagged ? "true" : "false"};

	if (channel->title == NULL) {
		return cli_usage("channel");
	}
	return one_row(
	    "select crm.channel_add($1, $2, $3::boolean)", params, 3);
}

static int
key_check(const struct channel *channel, const char *pem)
{
	const struct jwt_row row = {channel->kid, channel->alg, pem,
	    channel->issuer, channel->audience};

	if (jwt_row_check(&row) != OK) {
		return cli_fail("%s is not a public key that fits %s",
		    channel->public_path, channel->alg);
	}
	return CLI_DONE;
}

static int
key_add(const struct channel *channel)
{
	struct buf pem;
	int status = CLI_FAILED;

	if (channel->alg == NULL || channel->public_path == NULL ||
	    channel->issuer == NULL || channel->audience == NULL) {
		return cli_usage("channel");
	}
	buf_init(&pem, PEM_BYTES_MAX);
	if (cli_read(&pem, channel->public_path) == OK &&
	    key_check(channel, (const char *)pem.data) == CLI_DONE) {
		const char *const params[] = {channel->name, channel->kid,
		    channel->alg, (const char *)pem.data, channel->issuer,
		    channel->audience};
		status = one_row("select crm.channel_key_add($1, $2, $3, $4,"
				 " $5, $6) is not null",
		    params, 6);
	}
	buf_clear(&pem);
	return status;
}

static int
key_retire(const struct channel *channel)
{
	const char *const params[] = {channel->retire};

	return one_row(
	    "select nullif(crm.channel_key_retire($1), false)", params, 1);
}

static bool
option_take(struct channel *channel, int option)
{
	const struct {
		int option;
		const char **field;
	} texts[] = {
	    {'t', &channel->title},
	    {'k', &channel->kid},
	    {'a', &channel->alg},
	    {'p', &channel->public_path},
	    {'i', &channel->issuer},
	    {'u', &channel->audience},
	    {'r', &channel->retire},
	};

	if (option == 'g') {
		channel->is_geotagged = true;
		return true;
	}
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		if (texts[i].option == option) {
			*texts[i].field = optarg;
			return true;
		}
	}
	return false;
}

int
channel_main(int argc, char **argv)
{
	static const struct option OPTIONS[] = {
	    {"title", required_argument, NULL, 't'},
	    {"geotagged", no_argument, NULL, 'g'},
	    {"kid", required_argument, NULL, 'k'},
	    {"alg", required_argument, NULL, 'a'},
	    {"public", required_argument, NULL, 'p'},
	    {"issuer", required_argument, NULL, 'i'},
	    {"audience", required_argument, NULL, 'u'},
	    {"retire", required_argument, NULL, 'r'},
	    {NULL, 0, NULL, 0},
	};
	struct channel channel = {0};
	int option;

	while ((option = getopt_long(argc, argv, "", OPTIONS, NULL)) != -1) {
		if (!option_take(&channel, option)) {
			return cli_usage("channel");
		}
	}
	if (optind + 2 != argc) {
		return cli_usage("channel");
	}
	channel.name = argv[optind + 1];
	if (strcmp(argv[optind], "add") == 0) {
		return channel_add(&channel);
	}
	if (strcmp(argv[optind], "key") == 0 && channel.retire != NULL) {
		return key_retire(&channel);
	}
	if (strcmp(argv[optind], "key") == 0 && channel.kid != NULL) {
		return key_add(&channel);
	}
	return cli_usage("channel");
}
