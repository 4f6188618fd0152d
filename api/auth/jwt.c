/*
 * The order of checks, the claims, and making tokens. The only file that knows
 * libjwt, which is trusted to read claims and to sign, never to verify: it
 * takes the algorithm from the token and looks at no time.
 *
 * SPDX-License-Identifier: ISC
 */
#include "auth/jwt.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <jwt.h>
#include <limits.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <stdbool.h>
#include <string.h>

#include "auth/jwt_cache.h"
#include "auth/jwt_keys.h"
#include "core/base64.h"
#include "core/check.h"
#include "core/hash.h"
#include "core/heap.h"
#include "core/json.h"

struct jwt_verifier {
	struct jwt_keys *keys;
	struct jwt_cache *cache;
};

/* A token's three parts; they point into it. */
struct parts {
	const char *header;
	size_t header_len;
	const char *payload;
	size_t payload_len;
	const char *signature;
	size_t signature_len;
	size_t signed_len; /* of header, dot, payload */
};

static const char *const verdict_names[JWT_VERDICT__COUNT] = {
    [JWT_VALID] = "valid",
    [JWT_UNKNOWN_KEY] = "unknown_key",
    [JWT_BAD_SIZE] = "size",
    [JWT_BAD_PARTS] = "parts",
    [JWT_BAD_HEADER] = "header",
    [JWT_BAD_ALG] = "alg",
    [JWT_BAD_SIGNATURE] = "signature",
    [JWT_BAD_CLAIMS] = "claims",
    [JWT_EXPIRED] = "expired",
    [JWT_NOT_YET] = "not_yet",
    [JWT_TOO_LONG_LIVED] = "too_long_lived",
};

const char *
jwt_verdict_name(enum jwt_verdict verdict)
{
	must((unsigned)verdict < JWT_VERDICT__COUNT,
	    "a verdict is one of the list");
	return verdict_names[verdict];
}

struct jwt_verifier *
jwt_verifier_new(void)
{
	struct jwt_verifier *verifier = heap_new(sizeof(*verifier));
	size_t refused;

	verifier->keys = jwt_keys_new(NULL, 0, &refused);
	verifier->cache = jwt_cache_new();
	return verifier;
}

void
jwt_verifier_free(struct jwt_verifier *verifier)
{
	if (verifier == NULL)
		return;
	jwt_keys_free(verifier->keys);
	jwt_cache_free(verifier->cache);
	heap_free(verifier);
}

size_t
jwt_verifier_load(
    struct jwt_verifier *verifier, const struct jwt_row *rows, size_t count)
{
	size_t refused;
	struct jwt_keys *keys = jwt_keys_new(rows, count, &refused);

	jwt_keys_free(verifier->keys);
	verifier->keys = keys;
	jwt_cache_clear(verifier->cache);
	return refused;
}

static bool
split(struct parts *parts, const char *token, size_t len)
{
	const char *end = token + len;
	const char *first = memchr(token, '.', len), *second;

	if (first == NULL)
		return false;
	second = memchr(first + 1, '.', (size_t)(end - first - 1));
	if (second == NULL ||
	    memchr(second + 1, '.', (size_t)(end - second - 1)) != NULL)
		return false;
	*parts = (struct parts){
	    .header = token,
	    .header_len = (size_t)(first - token),
	    .payload = first + 1,
	    .payload_len = (size_t)(second - first - 1),
	    .signature = second + 1,
	    .signature_len = (size_t)(end - second - 1),
	    .signed_len = (size_t)(second - token),
	};
	return parts->header_len > 0 && parts->payload_len > 0 &&
	    parts->signature_len > 0;
}

/* Text of a member, or NULL when it is missing or no text. */
static const char *
member_text(const cJSON *object, const char *name)
{
	return cJSON_GetStringValue(
	    cJSON_GetObjectItemCaseSensitive(object, name));
}

/* Members that would make someone else's key or other rules apply. */
static bool
has_refused_member(const cJSON *header)
{
	static const char *const refused[] = {
	    "jwk", "jku", "x5u", "x5c", "crit", "b64", "zip"};
	size_t at;

	for (at = 0; at < sizeof(refused) / sizeof(refused[0]); at++) {
		/* Case-insensitive: nobody reads such a member by mistake. */
		if (cJSON_HasObjectItem(header, refused[at]))
			return true;
	}
	return false;
}

/* kid and alg of the header. */
static enum jwt_verdict
header_read(char kid[JWT_KID_MAX + 1], enum jwt_alg_name *alg,
    const struct parts *parts)
{
	char text[JWT_TOKEN_MAX];
	const char *name, *type;
	enum jwt_verdict verdict = JWT_BAD_HEADER;
	cJSON *header = NULL;
	size_t len;

	if (base64_decode(text, &len, sizeof(text), parts->header,
		parts->header_len) != OK)
		return JWT_BAD_PARTS;
	if (json_parse(&header, text, len) != OK)
		return JWT_BAD_HEADER;
	name = member_text(header, "kid");
	type = member_text(header, "typ");
	if (!cJSON_IsObject(header) || has_refused_member(header) ||
	    name == NULL || !jwt_keys_is_kid(name))
		goto done;
	if (cJSON_HasObjectItem(header, "typ") &&
	    (type == NULL || strcmp(type, "JWT") != 0))
		goto done;
	memset(kid, 0, JWT_KID_MAX + 1);
	memcpy(kid, name, strlen(name));
	name = member_text(header, "alg");
	if (name == NULL)
		goto done;
	verdict = jwt_keys_alg(alg, name) == OK ? JWT_VALID : JWT_BAD_ALG;
done:
	cJSON_Delete(header);
	return verdict;
}

/* Whether "aud" is our name, or a list of texts with it. */
static bool
is_for(jwt_t *jwt, const char *audience)
{
	const char *one = jwt_get_grant(jwt, "aud");
	char *json;
	cJSON *list = NULL;
	const cJSON *item;
	bool is_found = false;

	if (one != NULL)
		return strcmp(one, audience) == 0;
	json = jwt_get_grants_json(jwt, "aud");
	if (json == NULL)
		return false;
	if (json_parse(&list, json, strlen(json)) != OK)
		goto done;
	if (!cJSON_IsArray(list))
		goto done;
	cJSON_ArrayForEach(item, list)
	{
		if (!cJSON_IsString(item)) {
			is_found = false;
			break;
		}
		if (strcmp(item->valuestring, audience) == 0)
			is_found = true;
	}
done:
	cJSON_Delete(list);
	heap_free(json);
	return is_found;
}

/*
 * A whole number of seconds after 1970. ERR_NOT_FOUND when there is none,
 * ERR_INVALID when it is anything else: libjwt gives 0 for other types.
 */
static enum err
time_get(int64_t *out, jwt_t *jwt, const char *name)
{
	long value;

	errno = 0;
	value = jwt_get_grant_int(jwt, name);
	if (errno == ENOENT)
		return ERR_NOT_FOUND;
	if (errno != 0 || value <= 0)
		return ERR_INVALID;
	*out = value;
	return OK;
}

static enum jwt_verdict
times_check(struct jwt_span *span, jwt_t *jwt, int64_t now_s)
{
	int64_t issued, expires, not_before;

	if (time_get(&issued, jwt, "iat") != OK ||
	    time_get(&expires, jwt, "exp") != OK || expires <= issued)
		return JWT_BAD_CLAIMS;
	not_before = issued;
	if (time_get(&not_before, jwt, "nbf") == ERR_INVALID)
		return JWT_BAD_CLAIMS;
	if (expires - issued > JWT_LIFE_MAX_S)
		return JWT_TOO_LONG_LIVED;
	span->from_s = (not_before > issued ? not_before : issued) - JWT_SKEW_S;
	span->until_s = expires + JWT_SKEW_S;
	if (now_s >= span->until_s)
		return JWT_EXPIRED;
	if (now_s < span->from_s)
		return JWT_NOT_YET;
	return JWT_VALID;
}

static enum jwt_verdict
claims_check(struct jwt_span *span, const struct jwt_key *key,
    const char *token, const struct parts *parts, int64_t now_s)
{
	char text[JWT_TOKEN_MAX + 1];
	size_t len = parts->signed_len + 1 + parts->signature_len;
	enum jwt_verdict verdict = JWT_BAD_CLAIMS;
	const char *issuer;
	jwt_t *jwt = NULL;

	if (base64_decode(text, &len, sizeof(text), parts->payload,
		parts->payload_len) != OK)
		return JWT_BAD_PARTS;
	/* libjwt would take the last of two claims of one name. */
	if (json_scan(text, len, NULL) != JSON_FINE)
		return JWT_BAD_CLAIMS;
	len = parts->signed_len + 1 + parts->signature_len;
	memcpy(text, token, len);
	text[len] = '\0';
	if (jwt_decode(&jwt, text, NULL, 0) != 0)
		return JWT_BAD_CLAIMS;
	issuer = jwt_get_grant(jwt, "iss");
	if (issuer != NULL && strcmp(issuer, key->issuer) == 0 &&
	    is_for(jwt, key->audience))
		verdict = times_check(span, jwt, now_s);
	jwt_free(jwt);
	return verdict;
}

enum jwt_verdict
jwt_verify(char kid[JWT_KID_MAX + 1], struct jwt_verifier *verifier,
    const char *token, size_t len, int64_t now_ms)
{
	uint8_t digest[HASH_LEN], signature[JWT_TOKEN_MAX];
	char name[JWT_KID_MAX + 1];
	struct parts parts;
	struct jwt_span span;
	const struct jwt_key *key;
	enum jwt_alg_name alg;
	enum jwt_verdict verdict;
	size_t signature_len;

	if (len == 0 || len > JWT_TOKEN_MAX)
		return JWT_BAD_SIZE;
	hash_sha256(digest, token, len);
	if (jwt_cache_find(kid, verifier->cache, digest, now_ms / 1000) == OK)
		return JWT_VALID;
	if (!split(&parts, token, len) ||
	    base64_decode(signature, &signature_len, sizeof(signature),
		parts.signature, parts.signature_len) != OK)
		return JWT_BAD_PARTS;
	verdict = header_read(name, &alg, &parts);
	if (verdict != JWT_VALID)
		return verdict;
	key = jwt_keys_find(verifier->keys, name);
	if (key == NULL) {
		memcpy(kid, name, sizeof(name));
		return JWT_UNKNOWN_KEY;
	}
	if (key->alg != alg)
		return JWT_BAD_ALG;
	if (!jwt_keys_is_signed(
		key, token, parts.signed_len, signature, signature_len))
		return JWT_BAD_SIGNATURE;
	verdict = claims_check(&span, key, token, &parts, now_ms / 1000);
	if (verdict == JWT_VALID) {
		memcpy(kid, name, sizeof(name));
		jwt_cache_put(verifier->cache, digest, name, span);
	}
	return verdict;
}

enum err
jwt_row_check(const struct jwt_row *row)
{
	size_t refused;

	jwt_keys_free(jwt_keys_new(row, 1, &refused));
	return refused == 0 ? OK : ERR_INVALID;
}

static bool
can_sign(const char *private_pem, enum jwt_alg_name alg)
{
	static char no_password[] = "";
	size_t len = strlen(private_pem);
	EVP_PKEY *key = NULL;
	BIO *bio;
	bool fits;

	if (len > INT_MAX)
		return false;
	bio = BIO_new_mem_buf(private_pem, (int)len);
	if (bio != NULL)
		key = PEM_read_bio_PrivateKey(bio, NULL, NULL, no_password);
	fits = key != NULL && jwt_keys_fits(key, alg);
	EVP_PKEY_free(key);
	BIO_free(bio);
	ERR_clear_error();
	return fits;
}

enum err
jwt_issue(struct buf *out, const struct jwt_row *row, const char *private_pem,
    int64_t now_ms, int64_t life_s)
{
	enum err err = ERR_INVALID;
	enum jwt_alg_name alg;
	char *token = NULL;
	jwt_t *jwt = NULL;

	if (!jwt_keys_is_kid(row->kid) || jwt_keys_alg(&alg, row->alg) != OK ||
	    !can_sign(private_pem, alg))
		return ERR_INVALID;
	if (jwt_new(&jwt) != 0)
		return ERR_UNAVAILABLE;
	if (jwt_add_header(jwt, "kid", row->kid) != 0 ||
	    jwt_add_grant(jwt, "iss", row->issuer) != 0 ||
	    jwt_add_grant(jwt, "aud", row->audience) != 0 ||
	    jwt_add_grant_int(jwt, "iat", now_ms / 1000) != 0 ||
	    jwt_add_grant_int(jwt, "exp", now_ms / 1000 + life_s) != 0 ||
	    jwt_set_alg(jwt,
		alg == JWT_ALG_NAME_ES256 ? JWT_ALG_ES256 : JWT_ALG_RS256,
		(const unsigned char *)private_pem,
		(int)strlen(private_pem)) != 0)
		goto done;
	token = jwt_encode_str(jwt);
	if (token == NULL)
		goto done;
	buf_text(out, token);
	err = OK;
done:
	heap_free(token);
	jwt_free(jwt);
	return err;
}
