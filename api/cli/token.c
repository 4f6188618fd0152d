/*
 * crm token: a short-lived token of a channel, for trials and tests. On a demo
 * instance the channel's name is enough: demo.json says the rest.
 *
 * SPDX-License-Identifier: ISC
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/crypto.h>

#include "auth/jwt.h"
#include "cli/cli.h"
#include "core/clock.h"
#include "core/heap.h"
#include "core/json.h"

#define DEMO_BYTES_MAX 65536u
#define PEM_BYTES_MAX  16384u
#define MINUTES_MAX    (JWT_LIFE_MAX_S / 60)

struct request {
	const char *key_path;
	struct jwt_row row; /* without the public key */
	int64_t minutes;
};

/* The channel's object in demo.json, or NULL. Borrowed from demo. */
static const cJSON *
demo_channel(const cJSON *demo, const char *name)
{
	const cJSON *channels =
	    cJSON_GetObjectItemCaseSensitive(demo, "channels");
	const cJSON *channel;

	cJSON_ArrayForEach(channel, channels)
	{
		const char *text = cJSON_GetStringValue(
		    cJSON_GetObjectItemCaseSensitive(channel, "name"));
		if (text != NULL && strcmp(text, name) == 0) {
			return channel;
		}
	}
	return NULL;
}

static void
default_take(const char **field, const cJSON *channel, const char *name)
{
	if (*field == NULL) {
		*field = cJSON_GetStringValue(
		    cJSON_GetObjectItemCaseSensitive(channel, name));
	}
}

/* What the options left out. *demo owns the texts; the caller deletes it. */
static void
defaults_take(struct request *request, cJSON **demo, const char *name)
{
	char *path = cli_path("demo.json");
	const cJSON *channel;
	struct buf text;

	buf_init(&text, DEMO_BYTES_MAX);
	if (cli_is_demo() && cli_read(&text, path) == OK &&
	    json_parse(demo, text.data, text.len) == OK) {
		channel = demo_channel(*demo, name);
		default_take(&request->key_path, channel, "private_key_file");
		default_take(&request->row.kid, channel, "kid");
		default_take(&request->row.alg, channel, "alg");
		default_take(&request->row.issuer, channel, "issuer");
		default_take(&request->row.audience, channel, "audience");
	}
	if (request->row.alg == NULL) {
		request->row.alg = "ES256";
	}
	buf_clear(&text);
	heap_free(path);
}

static int
token_print(const struct request *request)
{
	struct buf pem;
	struct buf token;
	int status = CLI_FAILED;

	buf_init(&pem, PEM_BYTES_MAX);
	buf_init(&token, JWT_TOKEN_MAX);
	if (cli_read(&pem, request->key_path) == OK) {
		enum err err =
		    jwt_issue(&token, &request->row, (const char *)pem.data,
			clock_now_ms(), request->minutes * 60);
		if (err == OK && !token.failed) {
			printf(
			    "%.*s\n", (int)token.len, (const char *)token.data);
			status = CLI_DONE;
		} else {
			cli_fail("%s does not sign %s", request->key_path,
			    request->row.alg);
		}
	}
	if (pem.data != NULL) {
		OPENSSL_cleanse(pem.data, pem.len);
	}
	buf_clear(&pem);
	buf_clear(&token);
	return status;
}

static bool
option_take(struct request *request, int option)
{
	char *end;

	switch (option) {
	case 'k':
		request->key_path = optarg;
		return true;
	case 'd':
		request->row.kid = optarg;
		return true;
	case 'a':
		request->row.alg = optarg;
		return true;
	case 'i':
		request->row.issuer = optarg;
		return true;
	case 'u':
		request->row.audience = optarg;
		return true;
	case 'm':
		request->minutes = strtoll(optarg, &end, 10);
		return *end == '\0' && request->minutes >= 1 &&
		    request->minutes <= MINUTES_MAX;
	default:
		return false;
	}
}

int
token_main(int argc, char **argv)
{
	static const struct option OPTIONS[] = {
	    {"key", required_argument, NULL, 'k'},
	    {"kid", required_argument, NULL, 'd'},
	    {"alg", required_argument, NULL, 'a'},
	    {"issuer", required_argument, NULL, 'i'},
	    {"audience", required_argument, NULL, 'u'},
	    {"minutes", required_argument, NULL, 'm'},
	    {NULL, 0, NULL, 0},
	};
	struct request request = {.minutes = 10};
	cJSON *demo = NULL;
	int status = CLI_FAILED;
	int option;

	while ((option = getopt_long(argc, argv, "", OPTIONS, NULL)) != -1) {
		if (!option_take(&request, option)) {
			return cli_usage("token");
		}
	}
	if (optind + 1 != argc) {
		return cli_usage("token");
	}
	defaults_take(&request, &demo, argv[optind]);
	if (request.key_path == NULL || request.row.kid == NULL ||
	    request.row.issuer == NULL || request.row.audience == NULL) {
		cli_fail("demo.json does not know this channel: give --key,"
			 " --kid, --issuer and --audience");
	} else {
		status = token_print(&request);
	}
	cJSON_Delete(demo);
	return status;
}
