/*
 * crm channel key: the public keys a channel's tokens are verified with.
 * Private keys never come here.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>
#include <string.h>

#include "auth/jwk.h"
#include "cli/channel.h"
#include "cli/cli.h"
#include "core/heap.h"
#include "core/json.h"

#define PEM_BYTES_MAX 16384u
#define SET_BYTES_MAX 65536u

enum { KID, ALG, PUBLIC, JWKS, ISSUER, AUDIENCE, RETIRE, VALUES_COUNT };

/* All of the set, or none. */
static int
keys_store(
    const char *channel, const struct jwk_set *set, const char *const *values)
{
	struct sync *sync = cli_database();
	enum err err;
	size_t i;

	if (sync == NULL) {
		return CLI_FAILED;
	}
	err = cli_script(sync, "begin");
	for (i = 0; err == OK && i < set->count; i++) {
		const char *const params[] = {channel, set->key[i].kid,
		    set->key[i].alg, set->key[i].pem, values[ISSUER],
		    values[AUDIENCE]};
		err = cli_query(sync, NULL,
		    "select crm.channel_key_add($1, $2, $3, $4, $5, $6)",
		    params, 6);
	}
	if (err == OK) {
		err = cli_script(sync, "commit");
	}
	sync_close(sync);
	return err == OK ? CLI_DONE : CLI_FAILED;
}

static int
key_add(const char *channel, const char *const *values)
{
	struct jwk_set set = {.count = 1};
	struct jwt_row row = {
	    values[KID], values[ALG], NULL, values[ISSUER], values[AUDIENCE]};
	struct buf pem;
	int status = CLI_FAILED;

	buf_init(&pem, PEM_BYTES_MAX);
	if (cli_read(&pem, values[PUBLIC]) != OK) {
		goto done;
	}
	if (jwk_pem_read(&set.key[0].pem, (const char *)pem.data, row.alg) !=
	    OK) {
		cli_fail("%s is not a public key that fits %s", values[PUBLIC],
		    row.alg);
		goto done;
	}
	row.pem = set.key[0].pem;
	if (jwt_row_check(&row) != OK) {
		cli_fail("the key id, issuer or audience cannot be used");
		goto done;
	}
	snprintf(set.key[0].kid, sizeof(set.key[0].kid), "%s", row.kid);
	set.key[0].alg = row.alg;
	status = keys_store(channel, &set, values);
done:
	jwk_set_clear(&set);
	buf_clear(&pem);
	return status;
}

static int
keys_import(const char *channel, const char *const *values)
{
	struct jwk_set set = {.count = 0};
	struct jwk_flaw flaw;
	struct buf text;
	cJSON *json = NULL;
	int status = CLI_FAILED;

	buf_init(&text, SET_BYTES_MAX);
	if (cli_read(&text, values[JWKS]) != OK) {
		goto done;
	}
	if (json_parse(&json, text.data, text.len) != OK) {
		cli_fail("%s is not strict JSON", values[JWKS]);
	} else if (jwk_set_read(&set, &flaw, json) != OK) {
		cli_fail("%s: %s: %s", values[JWKS], flaw.pointer, flaw.code);
	} else {
		status = keys_store(channel, &set, values);
	}
done:
	jwk_set_clear(&set);
	cJSON_Delete(json);
	buf_clear(&text);
	return status;
}

static int
key_retire(const char *channel, const char *const *values)
{
	const char *const params[] = {values[RETIRE], channel};

	return channel_ask("select nullif(crm.channel_key_retire(k.kid), false)"
			   " from crm.channel_key k"
			   " join crm.channel c on c.id = k.channel_id"
			   " where k.kid = $1 and c.name = $2",
	    params, 2, "the channel has no such active key");
}

int
channel_key(int argc, char **argv)
{
	static const struct option options[] = {
	    {"kid", required_argument, NULL, KID},
	    {"alg", required_argument, NULL, ALG},
	    {"public", required_argument, NULL, PUBLIC},
	    {"jwks", required_argument, NULL, JWKS},
	    {"issuer", required_argument, NULL, ISSUER},
	    {"audience", required_argument, NULL, AUDIENCE},
	    {"retire", required_argument, NULL, RETIRE},
	    {NULL, 0, NULL, 0},
	};
	const char *values[VALUES_COUNT] = {NULL}, *name;
	bool has_names;

	if (!channel_arguments(&name, values, argc, argv, options)) {
		return cli_usage("channel");
	}
	has_names = values[ISSUER] != NULL && values[AUDIENCE] != NULL;
	if (values[RETIRE] != NULL) {
		return key_retire(name, values);
	}
	if (values[JWKS] != NULL && has_names) {
		return keys_import(name, values);
	}
	if (values[KID] != NULL && values[ALG] != NULL &&
	    values[PUBLIC] != NULL && has_names) {
		return key_add(name, values);
	}
	return cli_usage("channel");
}
