/*
 * POST /api/v1/session: sign in.
 *
 * Known and unknown names cost the same work and get the same answer; only
 * who knows the password learns whether a second factor is asked for.
 *
 * SPDX-License-Identifier: ISC
 */
#include <openssl/crypto.h>
#include <stdlib.h>
#include <string.h>

#include "auth/password.h"
#include "auth/totp.h"
#include "call/input.h"
#include "core/base64.h"
#include "core/clock.h"
#include "core/hash.h"
#include "core/heap.h"
#include "core/hex.h"
#include "core/random.h"
#include "routes.h"

#define TOKEN_LEN      32
#define IDLE_PHONE_S   "900"
#define IDLE_DESKTOP_S "1800"

struct session_open {
	const char *username;
	const char *password;
	const char *totp;
	const char *account_id;
	const char *sealed_totp; /* hex, or NULL: no second factor */
	int64_t last_step;
	char token[BASE64_LEN(TOKEN_LEN) + 1];
};

/* What the pool thread checks. */
struct password_work {
	const struct keys *keys;
	bool is_known;
	bool is_right; /* the result */
	char stored[PASSWORD_STORED_SIZE];
	char password[PASSWORD_BYTES_MAX + 1];
	size_t len;
};

static const char *const body_names[] = {"username", "password", "totp", NULL};

enum err
session_open_ask(struct call *call)
{
	struct session_open *open = arena_get(call->arena, sizeof(*open));
	struct input body = input_body(call);

	call->state = open;
	input_only(&body, body_names);
	open->username = input_text(&body, "username", INPUT_REQUIRED, 1, 100);
	open->password = input_text(&body, "password", INPUT_REQUIRED, 1, 128);
	open->totp = input_text(&body, "totp", INPUT_OPTIONAL, 0, 10);
	if (!input_is_good(&body))
		return ERR_INVALID;
	const struct db_param param[3] = {
	    db_text(open->username),
	    db_bytes(call->source, sizeof(call->source)),
	    db_text(call->request_id),
	};
	db_batch_add(call_batch(call), DB_SIGNIN_BEGIN, param, 3);
	return call_send(call);
}

static enum err
password_work(void *arg)
{
	struct password_work *work = arg;
	enum err err;

	err = password_verify(work->keys, work->is_known ? work->stored : NULL,
	    work->password, work->len);
	work->is_right = err == OK;
	return err == ERR_UNAUTHENTICATED ? OK : err;
}

static void
password_release(void *arg)
{
	heap_wipe(arg, sizeof(struct password_work));
}

static const char *
column_text(struct call *call, const struct db_rows *rows, const char *name)
{
	const char *text = db_rows_text(rows, 0, db_rows_column(rows, name, 0));

	return text == NULL ? NULL
			    : arena_text(call->arena, text, strlen(text));
}

static enum err password_checked(struct call *);

enum err
session_open_answer(struct call *call)
{
	struct session_open *open = call->state;
	const struct db_rows *rows = call_rows(call, 0);
	struct password_work *work;
	const char *text;

	if (db_rows_count(rows) != 1)
		return ERR_BROKEN;
	text = column_text(call, rows, "retry_after");
	if (text != NULL && strtol(text, NULL, 10) > 0) {
		call->answer.retry_after = (int)strtol(text, NULL, 10);
		return ERR_TOO_MANY;
	}
	open->account_id = column_text(call, rows, "account_id");
	open->sealed_totp = column_text(call, rows, "totp");
	text = column_text(call, rows, "totp_step");
	open->last_step = text == NULL ? -1 : strtoll(text, NULL, 10);
	text = column_text(call, rows, "password");
	work = heap_new(sizeof(*work));
	work->keys = call->service->keys;
	work->len = strlen(open->password);
	memcpy(work->password, open->password, work->len);
	if (text != NULL && strlen(text) < sizeof(work->stored)) {
		work->is_known = true;
		memcpy(work->stored, text, strlen(text) + 1);
	}
	return call_work(
	    call, password_work, work, password_release, password_checked);
}

/* Counts the failure, then answers 401. */
static enum err
refusal_answer(struct call *call)
{
	(void)call;
	return ERR_UNAUTHENTICATED;
}

static enum err
refused(struct call *call)
{
	const struct session_open *open = call->state;
	const struct db_param param[2] = {
	    db_text(open->username),
	    db_bytes(call->source, sizeof(call->source)),
	};

	if (call->answer.fault_count == 0)
		(void)call_invalid(call, "", "credentials");
	db_batch_add(call_batch(call), DB_SIGNIN_FAIL, param, 2);
	return call_send_then(call, refusal_answer);
}

/* The step of the code given; -1 when the account has no second factor. */
static enum err
totp_read(
    int64_t *step, const struct session_open *open, const struct call *call)
{
	uint8_t sealed[TOTP_SEALED_LEN], secret[TOTP_SECRET_LEN];
	enum err err;

	*step = -1;
	if (open->sealed_totp == NULL)
		return OK;
	if (open->totp == NULL)
		return ERR_UNAUTHENTICATED;
	if (hex_decode(sealed, sizeof(sealed), open->sealed_totp,
		strlen(open->sealed_totp)) != OK)
		return ERR_BROKEN;
	err = totp_open(secret, call->service->keys, open->account_id, sealed,
	    sizeof(sealed));
	if (err == OK)
		err = totp_check(step, secret, open->totp, strlen(open->totp),
		    clock_now_ms(), open->last_step);
	OPENSSL_cleanse(secret, sizeof(secret));
	return err;
}

static enum err session_made(struct call *);

static enum err
password_checked(struct call *call)
{
	struct session_open *open = call->state;
	const struct password_work *work = call_work_arg(call);
	uint8_t token[TOKEN_LEN], *hash;
	int64_t step;
	enum err err;

	if (!work->is_right)
		return refused(call);
	err = totp_read(&step, open, call);
	if (err == ERR_UNAUTHENTICATED) {
		(void)call_invalid(call, "/totp", "totp");
		return refused(call);
	}
	if (err != OK)
		return err;
	random_bytes(token, sizeof(token));
	(void)base64_encode(open->token, token, sizeof(token));
	OPENSSL_cleanse(token, sizeof(token));
	hash = arena_get(call->arena, HASH_LEN);
	hash_sha256(hash, open->token, strlen(open->token));
	const struct db_param param[6] = {
	    db_text(open->account_id),
	    db_bytes(hash, HASH_LEN),
	    db_text(step < 0
		    ? NULL
		    : arena_format(call->arena, "%lld", (long long)step)),
	    db_text(call->is_phone ? IDLE_PHONE_S : IDLE_DESKTOP_S),
	    db_bytes(call->source, sizeof(call->source)),
	    db_text(call->request_id),
	};
	db_batch_add(call_batch(call), DB_SESSION_OPEN, param, 6);
	return call_send_then(call, session_made);
}

static enum err
session_made(struct call *call)
{
	const struct session_open *open = call->state;
	const struct policy_row row = {call_rows(call, 0), 0, 0};
	struct policy_view view = {READER_OFFICER, call->lang};

	if (db_rows_count(row.rows) != 1)
		return ERR_UNAUTHENTICATED;
	policy_begin(&call->answer, &view, 200, CONFIDENTIALITY_PUBLIC);
	policy_member(&call->answer, &view, "session", POLICY_SESSION, &row,
	    CONFIDENTIALITY_PUBLIC);
	policy_end(&call->answer);
	call->answer.cookie = arena_format(call->arena,
	    "__Host-crm=%s; Path=/; Secure; HttpOnly; SameSite=Strict",
	    open->token);
	return OK;
}
