/*
 * crm channel webhook: the addresses a channel is called at. The secret is
 * printed once, when it is made; the database holds it sealed.
 *
 * SPDX-License-Identifier: ISC
 */
#include "cli/webhook.h"

#include <getopt.h>
#include <openssl/crypto.h>
#include <stdio.h>
#include <string.h>

#include "cli/channel.h"
#include "cli/cli.h"
#include "core/hex.h"
#include "core/random.h"
#include "core/settings.h"
#include "core/uuid.h"
#include "webhook/secret.h"
#include "webhook/url.h"

#define COLUMNS_MAX 8

/* Seals, stores, and only then says the secret. */
static int
secret_store(const char *name, const char *url,
    const uint8_t secret[SIGN_SECRET_LEN], const uint8_t key[SEAL_KEY_LEN])
{
	uint8_t sealed[SECRET_SEALED_LEN];
	char hex[2 + 2 * SECRET_SEALED_LEN + 1] = "\\x";
	char text[SIGN_TEXT_LEN + 1];
	const char *const params[] = {name, url, hex};
	struct sync_rows *rows = NULL;
	struct sync *sync;
	int status = CLI_FAILED;

	if (secret_seal(sealed, key, name, url, secret) != OK) {
		return cli_fail("the secret cannot be sealed");
	}
	hex_encode(hex + 2, sealed, sizeof(sealed));
	sync = cli_database();
	if (sync != NULL &&
	    cli_query(sync, &rows, "select crm.webhook_add($1, $2, $3::bytea)",
		params, 3) == OK) {
		sign_secret_text(text, secret);
		printf("%s\n", text);
		if (sync_rows_text(rows, 0, 0)[0] == 'f') {
			fprintf(stderr,
			    "a new secret; the one before is good for a day\n");
		}
		OPENSSL_cleanse(text, sizeof(text));
		status = CLI_DONE;
	}
	sync_rows_free(rows);
	sync_close(sync);
	return status;
}

static int
webhook_add(const char *name, const char *url)
{
	uint8_t key[SEAL_KEY_LEN], secret[SIGN_SECRET_LEN];
	bool is_open = cli_is_demo() || settings_get()->webhook_private == 1;
	const char *fault = url_fault(url, is_open);
	int status;

	if (fault != NULL) {
		return cli_fail("%s: %s", url, fault);
	}
	if (secret_key_load(key) != OK) {
		return cli_fail("keys/webhook.key is missing or broken");
	}
	random_bytes(secret, sizeof(secret));
	status = secret_store(name, url, secret, key);
	OPENSSL_cleanse(secret, sizeof(secret));
	OPENSSL_cleanse(key, sizeof(key));
	return status;
}

static int
webhook_list(const char *name)
{
	const char *const params[] = {name};

	return channel_print("select url, case when disabled then 'disabled'"
			     " else 'active' end, secrets || ' secret'"
			     " || case secrets when 1 then '' else 's' end,"
			     " waiting || ' waiting', oldest, dead || ' dead',"
			     " answer from crm.webhook_list($1)",
	    params, 1, 7);
}

static int
webhook_dead(const char *name)
{
	const char *const params[] = {name};

	return channel_print(
	    "select id, dead_at, tries, answer, ticket, status,"
	    " version, url from crm.webhook_dead($1)",
	    params, 1, COLUMNS_MAX);
}

static int
webhook_replay(const char *name, const char *id)
{
	const char *const params[] = {name, id};

	if (id != NULL && !uuid_is_valid(id, strlen(id))) {
		return cli_fail("%s is not an id of --dead", id);
	}
	return channel_print("select crm.webhook_replay($1, $2::uuid)"
			     " || ' will be sent again'",
	    params, 2, 1);
}

static int
webhook_change(const char *text, const char *name, const char *url)
{
	const char *const params[] = {name, url};

	return channel_print(text, params, 2, 1);
}

int
webhook_run(int argc, char **argv)
{
	static const struct option OPTIONS[] = {
	    {"list", no_argument, NULL, 'l'},
	    {"dead", no_argument, NULL, 'd'},
	    {"replay", no_argument, NULL, 'p'},
	    {"remove", no_argument, NULL, 'r'},
	    {"resume", no_argument, NULL, 's'},
	    {NULL, 0, NULL, 0},
	};
	int option = getopt_long(argc, argv, "", OPTIONS, NULL);
	/* One at the most; the end of them is where the names begin. */
	bool is_one =
	    option == -1 || getopt_long(argc, argv, "", OPTIONS, NULL) == -1;
	int left = argc - optind;
	const char *name = left > 0 ? argv[optind] : NULL;
	const char *more = left > 1 ? argv[optind + 1] : NULL;

	if (!is_one) {
		return cli_usage("channel");
	}
	if (option == 'l' && left == 1) {
		return webhook_list(name);
	}
	if (option == 'd' && left == 1) {
		return webhook_dead(name);
	}
	if (option == 'p' && (left == 1 || left == 2)) {
		return webhook_replay(name, more);
	}
	if (option == 'r' && left == 2) {
		return webhook_change("select coalesce(nullif("
				      "crm.webhook_remove($1, $2)::text, ''),"
				      " 'removed')",
		    name, more);
	}
	if (option == 's' && left == 2) {
		return webhook_change(
		    "select 'resumed; ' || crm.webhook_resume($1, $2)"
		    " || ' reports wait'",
		    name, more);
	}
	if (option == -1 && left == 2) {
		return webhook_add(name, more);
	}
	return cli_usage("channel");
}
