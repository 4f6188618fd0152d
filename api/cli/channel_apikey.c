/*
 * crm channel apikey: the keys by which clients of Open311 send reports of a
 * channel. A key is printed once, when it is made; the database keeps its
 * digest.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <string.h>

#include <openssl/crypto.h>

#include "cli/channel.h"
#include "cli/cli.h"
#include "core/hash.h"
#include "core/hex.h"
#include "core/random.h"

/* Four bytes name the key, twenty nobody guesses. */
#define KEY_BYTES 24
#define NAME_LEN  8

static int
apikey_add(const char *channel)
{
	char key[2 * KEY_BYTES + 1], name[NAME_LEN + 1];
	char digest_text[2 + 2 * HASH_LEN + 1] = "\\x";
	uint8_t bytes[KEY_BYTES], digest[HASH_LEN];
	const char *const params[] = {channel, name, digest_text};
	int status;

	random_bytes(bytes, sizeof(bytes));
	hex_encode(key, bytes, sizeof(bytes));
	memcpy(name, key, NAME_LEN);
	name[NAME_LEN] = '\0';
	hash_sha256(digest, key, strlen(key));
	hex_encode(digest_text + 2, digest, sizeof(digest));
	status = channel_ask(
	    "select crm.channel_api_key_add($1, $2, $3::bytea) is not null",
	    params, 3, "no key was made");
	if (status == CLI_DONE)
		printf("api_key: %s\n", key);
	OPENSSL_cleanse(bytes, sizeof(bytes));
	OPENSSL_cleanse(key, sizeof(key));
	return status;
}

static int
apikey_retire(const char *channel, const char *name)
{
	const char *const params[] = {channel, name};

	return channel_ask("select nullif(crm.channel_api_key_retire($1,"
			   " left($2, 8)), false)",
	    params, 2, "there is no such active key");
}

int
channel_apikey(int argc, char **argv)
{
	enum { RETIRE, COUNT };
	static const struct option options[] = {
	    {"retire", required_argument, NULL, RETIRE},
	    {NULL, 0, NULL, 0},
	};
	const char *values[COUNT] = {NULL}, *name;

	if (!channel_arguments(&name, values, argc, argv, options))
		return cli_usage("channel");
	if (values[RETIRE] != NULL)
		return apikey_retire(name, values[RETIRE]);
	return apikey_add(name);
}
