/*
 * The Idempotency-Key of a write. See idempotency.h.
 *
 * SPDX-License-Identifier: ISC
 */
#include "call/idempotency.h"

#include <string.h>

#include "core/hash.h"

#define KEY_MAX 200

/* One digest over all parts, each told apart by its length. */
static void
digest_request(uint8_t out[HASH_LEN], const struct call *call)
{
	uint8_t plain[HASH_LEN];
	struct hash *hash = hash_new();
	size_t i;

	hash_add(hash, call->route->name, strlen(call->route->name) + 1);
	if (call->id != NULL)
		hash_add(hash, call->id, strlen(call->id) + 1);
	hash_add(hash, &call->body_len, sizeof(call->body_len));
	hash_add(hash, call->body_text, call->body_len);
	for (i = 0; i < call->photo_count; i++)
		hash_add(hash, call->photo[i].digest, HASH_LEN);
	hash_end(plain, hash);
	hash_hmac(out, keys_get(call->service->keys, KEYS_DIGEST), KEYS_LEN,
	    plain, sizeof(plain));
}

enum err
idempotency_key(struct call *call, bool is_required, struct db_param *out)
{
	const char *text = call->idempotency_key;
	uint8_t *hash;

	*out = db_text(NULL);
	if (text == NULL && !is_required)
		return OK;
	if (text == NULL || text[0] == '\0' || strlen(text) > KEY_MAX) {
		(void)call_invalid(call, "", "idempotency_key");
		return ERR_MALFORMED;
	}
	hash = arena_get(call->arena, HASH_LEN);
	hash_hmac(hash, keys_get(call->service->keys, KEYS_DIGEST), KEYS_LEN,
	    text, strlen(text));
	*out = db_bytes(hash, HASH_LEN);
	return OK;
}

void
idempotency_request(struct call *call, struct db_param *out)
{
	uint8_t *hash;

	*out = db_text(NULL);
	if (call->idempotency_key == NULL)
		return;
	hash = arena_get(call->arena, HASH_LEN);
	digest_request(hash, call);
	*out = db_bytes(hash, HASH_LEN);
}
