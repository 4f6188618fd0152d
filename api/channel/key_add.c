/*
 * POST /api/v1/channels/{id}/keys: an admin registers one public key as PEM, or
 * those of a set, all or none. The same once more is answered as it is.
 *
 * SPDX-License-Identifier: ISC
 */
#include <string.h>

#include "auth/jwk.h"
#include "call/input.h"
#include "call/page.h"
#include "channel/channel.h"
#include "core/heap.h"
#include "routes.h"

#define PEM_MAX  16384
#define TEXT_MAX 200

static const char *const body_names[] = {
    "kid", "alg", "public_key", "jwks", "issuer", "audience", NULL};
static const char *const set_names[] = {"jwks", "issuer", "audience", NULL};
static const char *const key_names[] = {
    "kid", "alg", "public_key", "issuer", "audience", NULL};
static const char *const algs[] = {"ES256", "RS256", NULL};

/* The keys as three text[] parameters. */
struct lists {
	const char *kids;
	const char *algs;
	const char *pems;
};

/* {"one","two"}; nothing in such a list needs an escape. */
static const char *
list_add(struct call *call, const char *list, const char *text)
{
	if (list == NULL)
		return arena_format(call->arena, "{\"%s\"}", text);
	return arena_format(
	    call->arena, "%.*s,\"%s\"}", (int)(strlen(list) - 1), list, text);
}

static void
key_take(struct lists *out, struct call *call, const char *kid, const char *alg,
    const char *pem)
{
	out->kids = list_add(call, out->kids, kid);
	out->algs = list_add(call, out->algs, alg);
	out->pems = list_add(call, out->pems, pem);
}

static void
set_read(struct lists *out, const struct input *set)
{
	struct call *call = set->call;
	struct jwk_set keys;
	struct jwk_flaw flaw;
	size_t i;

	if (jwk_set_read(&keys, &flaw, set->object) != OK) {
		(void)call_invalid(call,
		    arena_format(
			call->arena, "%s%s", set->pointer, flaw.pointer),
		    flaw.code);
		return;
	}
	for (i = 0; i < keys.count; i++)
		key_take(out, call, keys.key[i].kid, keys.key[i].alg,
		    keys.key[i].pem);
	jwk_set_clear(&keys);
}

static void
key_read(struct lists *out, const struct input *body)
{
	const char *kid =
	    input_text(body, "kid", INPUT_REQUIRED, 1, JWT_KID_MAX);
	const char *alg = input_word(body, "alg", INPUT_REQUIRED, algs);
	const char *text =
	    input_text(body, "public_key", INPUT_REQUIRED, 1, PEM_MAX);
	char *pem = NULL;

	if (kid != NULL && kid[0] != '\0' && !jwk_is_kid(kid))
		(void)call_invalid(body->call, "/kid", "format");
	if (!input_is_good(body))
		return;
	if (strstr(text, "PRIVATE KEY") != NULL)
		(void)call_invalid(body->call, "/public_key", "private_key");
	else if (jwk_pem_read(&pem, text, alg) != OK)
		(void)call_invalid(body->call, "/public_key", "key");
	else
		key_take(out, body->call, kid, alg, pem);
	heap_free(pem);
}

enum err
key_add_ask(struct call *call)
{
	struct input body = input_body(call);
	struct input set = input_object(&body, "jwks");
	struct lists lists = {NULL, NULL, NULL};
	const char *issuer, *audience;

	input_only(&body, body_names);
	issuer = input_line(&body, "issuer", INPUT_REQUIRED, 1, TEXT_MAX);
	audience = input_line(&body, "audience", INPUT_REQUIRED, 1, TEXT_MAX);
	if (!input_is_good(&body))
		return ERR_INVALID;
	input_only(&body, set.object != NULL ? set_names : key_names);
	if (set.object != NULL)
		set_read(&lists, &set);
	else
		key_read(&lists, &body);
	if (!input_is_good(&body))
		return ERR_INVALID;
	const struct db_param param[6] = {call_id(call), db_text(lists.kids),
	    db_text(lists.algs), db_text(lists.pems), db_text(issuer),
	    db_text(audience)};
	db_batch_add(call_batch(call), DB_KEY_ADD, param, 6);
	return call_send(call);
}

enum err
key_add_answer(struct call *call)
{
	enum err err = page_whole(call, POLICY_KEY);

	if (err == OK)
		call->answer.status = 201;
	return err;
}
