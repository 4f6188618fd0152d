/*
 * Keys from PEM, and signatures under them.
 *
 * SPDX-License-Identifier: ISC
 */
#include "auth/jwt_keys.h"

#include <limits.h>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <string.h>

#include "core/check.h"
#include "core/heap.h"

#define RSA_BITS_MIN  2048
#define RSA_BITS_MAX  8192 /* so that a key cannot make verifying slow */
#define ES256_HALF    32
#define ES256_DER_MAX 80

struct jwt_keys {
	size_t count;
	struct jwt_key key[];
};

bool
jwt_keys_is_kid(const char *kid)
{
	size_t len = strspn(kid,
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789-_.");

	return len > 0 && len <= JWT_KID_MAX && kid[len] == '\0';
}

enum err
jwt_keys_alg(enum jwt_alg_name *out, const char *name)
{
	if (strcmp(name, "ES256") == 0)
		*out = JWT_ALG_NAME_ES256;
	else if (strcmp(name, "RS256") == 0)
		*out = JWT_ALG_NAME_RS256;
	else
		return ERR_INVALID;
	return OK;
}

bool
jwt_keys_fits(EVP_PKEY *key, enum jwt_alg_name alg)
{
	char group[32];
	size_t len = 0;
	int bits = EVP_PKEY_get_bits(key);

	switch (alg) {
	case JWT_ALG_NAME_ES256:
		return EVP_PKEY_is_a(key, "EC") == 1 &&
		    EVP_PKEY_get_group_name(key, group, sizeof(group), &len) ==
		    1 &&
		    strcmp(group, "prime256v1") == 0;
	case JWT_ALG_NAME_RS256:
		return EVP_PKEY_is_a(key, "RSA") == 1 && bits >= RSA_BITS_MIN &&
		    bits <= RSA_BITS_MAX;
	}
	return false;
}

static EVP_PKEY *
pem_read(const char *pem)
{
	/* A PEM with a password fails instead of asking the terminal. */
	static char no_password[] = "";
	size_t len = strlen(pem);
	EVP_PKEY *key;
	BIO *bio;

	if (len > INT_MAX)
		return NULL;
	bio = BIO_new_mem_buf(pem, (int)len);
	if (bio == NULL)
		return NULL;
	key = PEM_read_bio_PUBKEY(bio, NULL, NULL, no_password);
	BIO_free(bio);
	ERR_clear_error();
	return key;
}

static void
key_clear(struct jwt_key *key)
{
	EVP_PKEY_free(key->key);
	heap_free(key->issuer);
	heap_free(key->audience);
}

static enum err
key_load(struct jwt_key *out, const struct jwt_row *row)
{
	struct jwt_key key = {.key = NULL};

	if (!jwt_keys_is_kid(row->kid) || row->issuer[0] == '\0' ||
	    row->audience[0] == '\0' || jwt_keys_alg(&key.alg, row->alg) != OK)
		return ERR_INVALID;
	key.key = pem_read(row->pem);
	if (key.key == NULL || !jwt_keys_fits(key.key, key.alg)) {
		EVP_PKEY_free(key.key);
		return ERR_INVALID;
	}
	memcpy(key.kid, row->kid, strlen(row->kid) + 1);
	key.issuer = heap_text(row->issuer, strlen(row->issuer));
	key.audience = heap_text(row->audience, strlen(row->audience));
	*out = key;
	return OK;
}

struct jwt_keys *
jwt_keys_new(const struct jwt_row *rows, size_t count, size_t *refused)
{
	struct jwt_keys *keys =
	    heap_new(sizeof(*keys) + count * sizeof(keys->key[0]));
	size_t at;

	for (at = 0; at < count; at++) {
		/* Two keys of one name: nobody could say which is meant. */
		if (jwt_keys_find(keys, rows[at].kid) == NULL &&
		    key_load(&keys->key[keys->count], &rows[at]) == OK)
			keys->count++;
	}
	*refused = count - keys->count;
	return keys;
}

void
jwt_keys_free(struct jwt_keys *keys)
{
	size_t at;

	if (keys == NULL)
		return;
	for (at = 0; at < keys->count; at++)
		key_clear(&keys->key[at]);
	heap_free(keys);
}

const struct jwt_key *
jwt_keys_find(const struct jwt_keys *keys, const char *kid)
{
	size_t at;

	for (at = 0; at < keys->count; at++) {
		if (strcmp(keys->key[at].kid, kid) == 0)
			return &keys->key[at];
	}
	return NULL;
}

/* r || s, 32 bytes each, as the DER that OpenSSL wants; 0 when it cannot be. */
static size_t
der_of(uint8_t der[ES256_DER_MAX], const uint8_t *signature)
{
	ECDSA_SIG *pair = ECDSA_SIG_new();
	BIGNUM *r = BN_bin2bn(signature, ES256_HALF, NULL);
	BIGNUM *s = BN_bin2bn(signature + ES256_HALF, ES256_HALF, NULL);
	int len = 0;

	if (pair == NULL || r == NULL || s == NULL ||
	    ECDSA_SIG_set0(pair, r, s) != 1) {
		BN_free(r);
		BN_free(s);
	} else if (i2d_ECDSA_SIG(pair, NULL) <= ES256_DER_MAX) {
		len = i2d_ECDSA_SIG(pair, &der);
	}
	ECDSA_SIG_free(pair);
	return len > 0 ? (size_t)len : 0;
}

bool
jwt_keys_is_signed(const struct jwt_key *key, const char *text, size_t len,
    const uint8_t *signature, size_t signature_len)
{
	uint8_t der[ES256_DER_MAX];
	EVP_MD_CTX *ctx;
	bool is_signed;

	switch (key->alg) {
	case JWT_ALG_NAME_ES256:
		if (signature_len != (size_t)2 * ES256_HALF)
			return false;
		signature_len = der_of(der, signature);
		signature = der;
		break;
	case JWT_ALG_NAME_RS256:
		if (signature_len != (size_t)EVP_PKEY_get_size(key->key))
			return false;
		break;
	}
	if (signature_len == 0)
		return false;
	ctx = EVP_MD_CTX_new();
	is_signed = ctx != NULL &&
	    EVP_DigestVerifyInit(ctx, NULL, EVP_sha256(), NULL, key->key) ==
		1 &&
	    EVP_DigestVerify(
		ctx, signature, signature_len, (const uint8_t *)text, len) == 1;
	EVP_MD_CTX_free(ctx);
	/* A wrong signature leaves errors that the next TLS call would read. */
	ERR_clear_error();
	return is_signed;
}
