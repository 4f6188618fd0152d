/*
 * crm account: officers' accounts. A password is printed only when it was
 * made here, once; a TOTP secret likewise.
 *
 * SPDX-License-Identifier: ISC
 */
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include <openssl/crypto.h>

#include "auth/keys.h"
#include "auth/password.h"
#include "auth/reader.h"
#include "auth/totp.h"
#include "cli/cli.h"
#include "core/heap.h"
#include "core/hex.h"
#include "core/random.h"

#define GENERATED_GROUPS 4
#define GENERATED_GROUP  5
#define PASSWORD_SIZE    (PASSWORD_BYTES_MAX + 1)
/* "\\x" and hex, as bytea is written in text */
#define SEALED_SIZE (2 + 2 * TOTP_SEALED_LEN + 1)

struct account {
	const char *username;
	const char *name;
	const char *role;
	const char *unit;
	bool has_totp;
	bool is_password_given;
	bool may_replace;
	char password[PASSWORD_SIZE];
};

/* No letter or digit that people mix up: 98 bits in four groups. */
static void
password_generate(char out[PASSWORD_SIZE])
{
	static const char ALPHABET[] = "abcdefghjkmnpqrstuvwxyz23456789";
	size_t at = 0;

	for (size_t group = 0; group < GENERATED_GROUPS; group++) {
		if (group > 0) {
			out[at++] = '-';
		}
		for (size_t i = 0; i < GENERATED_GROUP; i++) {
			out[at++] =
			    ALPHABET[random_below(sizeof(ALPHABET) - 1)];
		}
	}
	out[at] = '\0';
}

/*
 * The first line of standard input, whole or not at all: what was cut off would
 * be missed when signing in.
 */
static enum err
password_read(char out[PASSWORD_SIZE])
{
	size_t len = 0;
	int byte;

	for (;;) {
		byte = getc(stdin);
		if (byte == EOF || byte == '\n')
			break;
		if (len == PASSWORD_SIZE - 1 || byte == '\0') {
			cli_fail("this password is not accepted: %s",
			    password_flaw_code(byte == '\0' ? PASSWORD_NOT_TEXT
							    : PASSWORD_LONG));
			return ERR_INVALID;
		}
		out[len++] = (char)byte;
	}
	out[len] = '\0';
	if (len > 0 || byte != EOF)
		return OK;
	cli_fail("no password on standard input");
	return ERR_INVALID;
}

static enum err
password_take(struct account *account)
{
	enum password_flaw flaw;

	if (!account->is_password_given) {
		password_generate(account->password);
		return OK;
	}
	if (password_read(account->password) != OK) {
		return ERR_INVALID;
	}
	flaw = password_check(
	    account->password, strlen(account->password), account->has_totp);
	if (flaw != PASSWORD_FINE) {
		cli_fail("this password is not accepted: %s",
		    password_flaw_code(flaw));
		return ERR_INVALID;
	}
	return OK;
}

/* The row of crm.account; *id is its id, owned by the caller. */
static enum err
account_store(char **id, struct sync *sync, const struct account *account)
{
	const char *const params[] = {account->username, account->name,
	    account->role, account->unit,
	    account->may_replace ? "true" : "false"};
	struct sync_rows *rows;
	enum err err;

	err = cli_query(sync, &rows,
	    "insert into crm.account (username, name, role, unit_id)"
	    " select $1, $2, $3, unit.id from crm.unit"
	    " where unit.name = $4 and unit.is_active"
	    " on conflict (username) do update set name = excluded.name,"
	    " role = excluded.role, unit_id = excluded.unit_id,"
	    " is_active = true where $5::boolean"
	    " returning id",
	    params, 5);
	if (err != OK) {
		return err;
	}
	if (sync_rows_count(rows) == 1) {
		const char *text = sync_rows_text(rows, 0, 0);
		*id = heap_text(text, strlen(text));
	} else {
		cli_fail("there is no unit \"%s\", or the account exists"
			 " already (see --replace)",
		    account->unit);
		err = ERR_NOT_FOUND;
	}
	sync_rows_free(rows);
	return err;
}

/* A new secret, sealed for the database in sealed and shown in base32. */
static enum err
totp_make(char sealed[SEALED_SIZE], char base32[TOTP_BASE32_LEN + 1],
    const struct keys *keys, const char *id)
{
	uint8_t secret[TOTP_SECRET_LEN];
	uint8_t bytes[TOTP_SEALED_LEN];
	enum err err;

	totp_secret_new(secret);
	err = totp_seal(bytes, keys, id, secret);
	if (err == OK) {
		totp_base32(base32, secret);
		memcpy(sealed, "\\x", 2);
		hex_encode(sealed + 2, bytes, sizeof(bytes));
	}
	OPENSSL_cleanse(secret, sizeof(secret));
	return err;
}

/* Password and second factor; sessions of an account that was replaced end. */
static enum err
secret_store(struct sync *sync, const struct keys *keys, const char *id,
    const struct account *account, char base32[TOTP_BASE32_LEN + 1])
{
	char stored[PASSWORD_STORED_SIZE];
	char sealed[SEALED_SIZE];
	const char *const params[] = {
	    id, stored, account->has_totp ? sealed : NULL};
	enum err err = OK;

	password_hash(
	    stored, keys, account->password, strlen(account->password));
	if (account->has_totp) {
		err = totp_make(sealed, base32, keys, id);
	}
	if (err == OK) {
		err = cli_query(sync, NULL,
		    "insert into crm.account_secret (account_id, password,"
		    " totp) values ($1::uuid, $2, $3::bytea)"
		    " on conflict (account_id) do update set"
		    " password = excluded.password, totp = excluded.totp,"
		    " totp_last_step = null",
		    params, 3);
	}
	if (err == OK) {
		err = cli_query(sync, NULL,
		    "delete from crm.session where account_id = $1::uuid",
		    params, 1);
	}
	OPENSSL_cleanse(stored, sizeof(stored));
	OPENSSL_cleanse(sealed, sizeof(sealed));
	return err;
}

static enum err
account_write(
    struct sync *sync, const struct keys *keys, const struct account *account)
{
	char base32[TOTP_BASE32_LEN + 1];
	char *id = NULL;
	enum err err = cli_script(sync, "begin");

	if (err == OK) {
		err = account_store(&id, sync, account);
	}
	if (err == OK) {
		err = secret_store(sync, keys, id, account, base32);
	}
	if (err == OK) {
		err = cli_script(sync, "commit");
	}
	heap_free(id);
	if (err != OK) {
		return err;
	}
	if (!account->is_password_given) {
		printf("password: %s\n", account->password);
	}
	if (account->has_totp) {
		printf("totp secret: %s\n", base32);
		OPENSSL_cleanse(base32, sizeof(base32));
	}
	return OK;
}

static int
account_add(struct account *account)
{
	char *path = cli_path("keys/auth.key");
	struct keys *keys = NULL;
	struct sync *sync = NULL;
	enum reader reader;
	enum err err;

	err = reader_find(&reader, account->role);
	if (err != OK || !reader_has_session(reader)) {
		cli_fail("there is no role \"%s\"", account->role);
		err = ERR_INVALID;
		goto done;
	}
	err = keys_load(&keys, path);
	if (err != OK) {
		cli_fail("%s cannot be used: %s", path, err_slug(err));
		goto done;
	}
	err = password_take(account);
	if (err != OK) {
		goto done;
	}
	sync = cli_database();
	err =
	    sync == NULL ? ERR_UNAVAILABLE : account_write(sync, keys, account);
done:
	OPENSSL_cleanse(account->password, sizeof(account->password));
	sync_close(sync);
	keys_free(keys);
	heap_free(path);
	return err == OK ? CLI_DONE : CLI_FAILED;
}

static int
account_disable(const char *username)
{
	const char *const params[] = {username};
	struct sync_rows *rows = NULL;
	struct sync *sync = cli_database();
	int status = CLI_FAILED;

	if (sync == NULL) {
		return CLI_FAILED;
	}
	if (cli_query(sync, &rows,
		"select nullif(crm.account_close($1), false)", params,
		1) == OK) {
		status = sync_rows_text(rows, 0, 0) != NULL
		    ? CLI_DONE
		    : cli_fail("there is no account \"%s\"", username);
	}
	sync_rows_free(rows);
	sync_close(sync);
	return status;
}

static bool
option_take(struct account *account, int option)
{
	switch (option) {
	case 'u':
		account->username = optarg;
		return true;
	case 'n':
		account->name = optarg;
		return true;
	case 'r':
		account->role = optarg;
		return true;
	case 'i':
		account->unit = optarg;
		return true;
	case 't':
		account->has_totp = true;
		return true;
	case 'p':
		account->is_password_given = true;
		return true;
	case 'x':
		account->may_replace = true;
		return true;
	default:
		return false;
	}
}

int
account_main(int argc, char **argv)
{
	static const struct option OPTIONS[] = {
	    {"username", required_argument, NULL, 'u'},
	    {"name", required_argument, NULL, 'n'},
	    {"role", required_argument, NULL, 'r'},
	    {"unit", required_argument, NULL, 'i'},
	    {"totp", no_argument, NULL, 't'},
	    {"password-stdin", no_argument, NULL, 'p'},
	    {"replace", no_argument, NULL, 'x'},
	    {NULL, 0, NULL, 0},
	};
	struct account account = {0};
	int option;

	while ((option = getopt_long(argc, argv, "", OPTIONS, NULL)) != -1) {
		if (!option_take(&account, option)) {
			return cli_usage("account");
		}
	}
	if (optind + 1 != argc || account.username == NULL) {
		return cli_usage("account");
	}
	if (strcmp(argv[optind], "disable") == 0) {
		return account_disable(account.username);
	}
	if (strcmp(argv[optind], "add") != 0 || account.name == NULL ||
	    account.role == NULL || account.unit == NULL) {
		return cli_usage("account");
	}
	return account_add(&account);
}
