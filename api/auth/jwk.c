/*
 * From a set of JWK to PEM. See jwk.h.
 *
 * SPDX-License-Identifier: ISC
 */
#include "auth/jwk.h"

#include <limits.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <stdio.h>
#include <string.h>

#include "auth/jwt_keys.h"
#include "core/base64.h"
#include "core/heap.h"

#define P256_LEN     32
#define NUMBER_MAX   1024 /* bytes of 8192 bits */
#define EXPONENT_MIN 65537 /* a small one has let signatures be forged */
#define EXPONENT_MAX 4 /* bytes */

/* Text of a member, or NULL when it is missing or no text. */
static const char *
member(const cJSON *jwk, const char *name)
{
	return cJSON_GetStringValue(
	    cJSON_GetObjectItemCaseSensitive(jwk, name));
}

/* A number of at most max bytes in base64url; its length, or 0. */
static size_t
number_read(
    uint8_t out[NUMBER_MAX], const cJSON *jwk, const char *name, size_t max)
{
	const char *text = member(jwk, name);
	size_t len;

	if (text == NULL ||
	    base64_decode(out, &len, max, text, strlen(text)) != OK)
		return 0;
	return len;
}

/* --- from numbers to a key ------------------------------------------------ */

/* The key the parameters say, checked to be one; NULL otherwise. */
static EVP_PKEY *
key_make(const char *type, OSSL_PARAM *params)
{
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, type, NULL);
	EVP_PKEY *key = NULL;

	if (params == NULL || ctx == NULL || EVP_PKEY_fromdata_init(ctx) != 1 ||
	    EVP_PKEY_fromdata(ctx, &key, EVP_PKEY_PUBLIC_KEY, params) != 1)
		key = NULL;
	EVP_PKEY_CTX_free(ctx);
	return key;
}

static EVP_PKEY *
ec_make(const cJSON *jwk)
{
	uint8_t point[1 + 2 * P256_LEN + NUMBER_MAX] = {
	    POINT_CONVERSION_UNCOMPRESSED};
	char group[] = "prime256v1";
	OSSL_PARAM params[] = {
	    OSSL_PARAM_construct_utf8_string(
		OSSL_PKEY_PARAM_GROUP_NAME, group, 0),
	    OSSL_PARAM_construct_octet_string(
		OSSL_PKEY_PARAM_PUB_KEY, point, (size_t)1 + 2 * P256_LEN),
	    OSSL_PARAM_construct_end(),
	};

	if (number_read(point + 1, jwk, "x", P256_LEN) != P256_LEN ||
	    number_read(point + 1 + P256_LEN, jwk, "y", P256_LEN) != P256_LEN)
		return NULL;
	return key_make("EC", params);
}

static EVP_PKEY *
rsa_make(const cJSON *jwk)
{
	uint8_t n[NUMBER_MAX], e[NUMBER_MAX];
	size_t n_len = number_read(n, jwk, "n", sizeof(n));
	size_t e_len = number_read(e, jwk, "e", EXPONENT_MAX);
	OSSL_PARAM_BLD *build = OSSL_PARAM_BLD_new();
	BIGNUM *modulus = BN_bin2bn(n, (int)n_len, NULL);
	BIGNUM *exponent = BN_bin2bn(e, (int)e_len, NULL);
	OSSL_PARAM *params = NULL;
	EVP_PKEY *key = NULL;

	if (n_len > 0 && e_len > 0 && build != NULL && modulus != NULL &&
	    exponent != NULL &&
	    OSSL_PARAM_BLD_push_BN(build, OSSL_PKEY_PARAM_RSA_N, modulus) ==
		1 &&
	    OSSL_PARAM_BLD_push_BN(build, OSSL_PKEY_PARAM_RSA_E, exponent) == 1)
		params = OSSL_PARAM_BLD_to_param(build);
	if (params != NULL)
		key = key_make("RSA", params);
	OSSL_PARAM_free(params);
	OSSL_PARAM_BLD_free(build);
	BN_free(modulus);
	BN_free(exponent);
	return key;
}

/* What verifying never asks: is the point on the curve, is the exponent odd
 * and large enough. */
static bool
is_sound(EVP_PKEY *key, enum jwt_alg_name alg)
{
	EVP_PKEY_CTX *ctx = NULL;
	BIGNUM *e = NULL;
	bool is_sound = false;

	if (!jwt_keys_fits(key, alg))
		return false;
	switch (alg) {
	case JWT_ALG_NAME_ES256:
		ctx = EVP_PKEY_CTX_new_from_pkey(NULL, key, NULL);
		is_sound = ctx != NULL && EVP_PKEY_public_check(ctx) == 1;
		break;
	case JWT_ALG_NAME_RS256:
		is_sound = EVP_PKEY_get_bn_param(
			       key, OSSL_PKEY_PARAM_RSA_E, &e) == 1 &&
		    BN_is_odd(e) && BN_num_bytes(e) <= EXPONENT_MAX &&
		    BN_get_word(e) >= EXPONENT_MIN;
		break;
	}
	EVP_PKEY_CTX_free(ctx);
	BN_free(e);
	return is_sound;
}

/* NULL when memory ran out. */
static char *
pem_write(EVP_PKEY *key)
{
	BIO *bio = BIO_new(BIO_s_mem());
	char *text = NULL, *data;
	long len;

	if (bio != NULL && PEM_write_bio_PUBKEY(bio, key) == 1) {
		len = BIO_get_mem_data(bio, &data);
		text = len > 0 ? heap_text(data, (size_t)len) : NULL;
	}
	BIO_free(bio);
	return text;
}

/* Takes the key, which may be NULL. */
static enum err
key_finish(char **out, EVP_PKEY *key, enum jwt_alg_name alg)
{
	char *pem = NULL;

	if (key != NULL && is_sound(key, alg))
		pem = pem_write(key);
	EVP_PKEY_free(key);
	ERR_clear_error();
	if (pem == NULL)
		return ERR_INVALID;
	*out = pem;
	return OK;
}

enum err
jwk_pem_read(char **out, const char *pem, const char *alg)
{
	/* A PEM with a password fails instead of asking the terminal. */
	static char no_password[] = "";
	size_t len = strlen(pem);
	enum jwt_alg_name name;
	EVP_PKEY *key = NULL;
	BIO *bio;

	if (len > INT_MAX || jwt_keys_alg(&name, alg) != OK)
		return ERR_INVALID;
	bio = BIO_new_mem_buf(pem, (int)len);
	if (bio != NULL)
		key = PEM_read_bio_PUBKEY(bio, NULL, NULL, no_password);
	BIO_free(bio);
	return key_finish(out, key, name);
}

bool
jwk_is_kid(const char *kid)
{
	/* A path cannot end in such a segment, so nobody could retire the key. */
	return jwt_keys_is_kid(kid) && strcmp(kid, ".") != 0 &&
	    strcmp(kid, "..") != 0;
}

/* --- sets ----------------------------------------------------------------- */

/* Whether "use", "key_ops" and "alg" leave room for signatures under alg. */
static bool
is_meant_for(const cJSON *jwk, const char *alg)
{
	const cJSON *ops = cJSON_GetObjectItemCaseSensitive(jwk, "key_ops");
	const cJSON *op;
	bool verifies = ops == NULL;

	if (cJSON_HasObjectItem(jwk, "use") &&
	    (member(jwk, "use") == NULL ||
		strcmp(member(jwk, "use"), "sig") != 0))
		return false;
	if (cJSON_HasObjectItem(jwk, "alg") &&
	    (member(jwk, "alg") == NULL ||
		strcmp(member(jwk, "alg"), alg) != 0))
		return false;
	cJSON_ArrayForEach(op, ops)
	{
		if (cJSON_IsString(op) &&
		    strcmp(op->valuestring, "verify") == 0)
			verifies = true;
	}
	return verifies;
}

/* The algorithm we would take the key for, or NULL to pass it over. */
static const char *
alg_of(const cJSON *jwk)
{
	const char *type = member(jwk, "kty");
	const char *curve = member(jwk, "crv");
	const char *alg = NULL;

	if (type != NULL && strcmp(type, "RSA") == 0)
		alg = "RS256";
	else if (type != NULL && strcmp(type, "EC") == 0 && curve != NULL &&
	    strcmp(curve, "P-256") == 0)
		alg = "ES256";
	return alg != NULL && is_meant_for(jwk, alg) ? alg : NULL;
}

static enum err
refuse(struct jwk_flaw *flaw, size_t at, const char *name, const char *code)
{
	snprintf(flaw->pointer, sizeof(flaw->pointer), "/keys/%zu%s", at, name);
	flaw->code = code;
	return ERR_INVALID;
}

/* Halves that never leave their owner, of any kind of key. */
static const char *
private_member(const cJSON *jwk)
{
	static const char *const names[] = {
	    "d", "k", "p", "q", "dp", "dq", "qi", "oth"};
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (cJSON_HasObjectItem(jwk, names[i]))
			return names[i];
	}
	return NULL;
}

static bool
has_kid(const struct jwk_set *set, const char *kid)
{
	size_t i;

	for (i = 0; i < set->count; i++) {
		if (strcmp(set->key[i].kid, kid) == 0)
			return true;
	}
	return false;
}

/* Adds the key, unless it is one to pass over. */
static enum err
key_read(
    struct jwk_set *set, struct jwk_flaw *flaw, const cJSON *jwk, size_t at)
{
	const char *alg = alg_of(jwk), *kid = member(jwk, "kid");
	struct jwk_key *key;
	enum jwt_alg_name name;

	if (!cJSON_IsObject(jwk))
		return refuse(flaw, at, "", "type");
	if (private_member(jwk) != NULL)
		return refuse(flaw, at, "", "private_key");
	if (alg == NULL || jwt_keys_alg(&name, alg) != OK)
		return OK;
	if (kid == NULL)
		return refuse(flaw, at, "/kid", "required");
	if (!jwk_is_kid(kid))
		return refuse(flaw, at, "/kid", "format");
	if (has_kid(set, kid))
		return refuse(flaw, at, "/kid", "duplicate");
	if (set->count == JWK_SET_MAX)
		return refuse(flaw, at, "", "too_many");
	key = &set->key[set->count];
	if (key_finish(&key->pem,
		name == JWT_ALG_NAME_ES256 ? ec_make(jwk) : rsa_make(jwk),
		name) != OK)
		return refuse(flaw, at, "", "key");
	memcpy(key->kid, kid, strlen(kid) + 1);
	key->alg = alg;
	set->count++;
	return OK;
}

enum err
jwk_set_read(struct jwk_set *out, struct jwk_flaw *flaw, const cJSON *set)
{
	const cJSON *keys = cJSON_GetObjectItemCaseSensitive(set, "keys");
	struct jwk_set read = {.count = 0};
	const cJSON *jwk;
	size_t at = 0;

	*flaw = (struct jwk_flaw){"/keys", "required"};
	if (!cJSON_IsArray(keys))
		return ERR_INVALID;
	cJSON_ArrayForEach(jwk, keys)
	{
		if (key_read(&read, flaw, jwk, at++) != OK) {
			jwk_set_clear(&read);
			return ERR_INVALID;
		}
	}
	flaw->code = "no_key";
	if (read.count == 0)
		return ERR_INVALID;
	*out = read;
	return OK;
}

void
jwk_set_clear(struct jwk_set *set)
{
	size_t i;

	for (i = 0; i < set->count; i++)
		heap_free(set->key[i].pem);
	set->count = 0;
}
