/*
 * ECIES on P-256 with HKDF-SHA-256 and AES-256-GCM, all of it OpenSSL's.
 *
 * SPDX-License-Identifier: ISC
 */
#include "core/seal.h"

#include <limits.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <stdbool.h>
#include <string.h>

#include "core/check.h"
#include "core/hash.h"
#include "core/heap.h"
#include "core/hex.h"
#include "core/random.h"

#define SEAL_VERSION   1
#define SEAL_POINT_LEN 65
#define SEAL_NONCE_LEN 12
#define SEAL_TAG_LEN   16

/* So that a PEM with a password fails instead of asking the terminal. */
static char no_password[] = "";

struct seal_public {
	EVP_PKEY *key;
	uint8_t point[SEAL_POINT_LEN];
	char epoch[17];
};

/* The uncompressed point of a P-256 key; false for any other key. */
static bool
point_get(uint8_t point[SEAL_POINT_LEN], EVP_PKEY *key)
{
	char group[32];
	size_t len = 0;

	return EVP_PKEY_get_group_name(key, group, sizeof(group), &len) == 1 &&
	    strcmp(group, "prime256v1") == 0 &&
	    EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY, point,
		SEAL_POINT_LEN, &len) == 1 &&
	    len == SEAL_POINT_LEN && point[0] == 4;
}

enum err
seal_public_load(struct seal_public **out, const char *pem, size_t len)
{
	struct seal_public *seal = heap_new(sizeof(*seal));
	BIO *bio = NULL;
	uint8_t *der = NULL, digest[HASH_LEN];
	enum err err = ERR_INVALID;
	int der_len;

	if (len > INT_MAX)
		goto done;
	bio = BIO_new_mem_buf(pem, (int)len);
	seal->key = PEM_read_bio_PUBKEY(bio, NULL, NULL, no_password);
	if (seal->key == NULL || !point_get(seal->point, seal->key))
		goto done;
	der_len = i2d_PUBKEY(seal->key, &der);
	if (der_len <= 0)
		goto done;
	hash_sha256(digest, der, (size_t)der_len);
	hex_encode(seal->epoch, digest, (sizeof(seal->epoch) - 1) / 2);
	*out = seal;
	seal = NULL;
	err = OK;
done:
	OPENSSL_free(der);
	BIO_free(bio);
	seal_public_free(seal);
	return err;
}

void
seal_public_free(struct seal_public *seal)
{
	if (seal == NULL)
		return;
	EVP_PKEY_free(seal->key);
	heap_free(seal);
}

const char *
seal_public_epoch(const struct seal_public *seal)
{
	return seal->epoch;
}

enum err
seal_key_new(uint8_t key[SEAL_KEY_LEN])
{
	random_bytes(key, SEAL_KEY_LEN);
	return OK;
}

/* out is nonce, ciphertext, tag. */
enum err
seal_text(uint8_t *out, const uint8_t key[SEAL_KEY_LEN], const char *context,
    const uint8_t *text, size_t len)
{
	EVP_CIPHER_CTX *ctx = NULL;
	uint8_t *cipher = out + SEAL_NONCE_LEN;
	enum err err = ERR_BROKEN;
	int step = 0;

	must(len <= INT_MAX / 2, "what is sealed is short");
	random_bytes(out, SEAL_NONCE_LEN);
	ctx = EVP_CIPHER_CTX_new();
	if (ctx == NULL ||
	    EVP_EncryptInit_ex2(ctx, EVP_aes_256_gcm(), key, out, NULL) != 1 ||
	    EVP_EncryptUpdate(ctx, NULL, &step, (const uint8_t *)context,
		(int)strlen(context)) != 1)
		goto done;
	if (len > 0 &&
	    EVP_EncryptUpdate(ctx, cipher, &step, text, (int)len) != 1)
		goto done;
	if (EVP_EncryptFinal_ex(ctx, cipher + len, &step) != 1 ||
	    EVP_CIPHER_CTX_ctrl(
		ctx, EVP_CTRL_GCM_GET_TAG, SEAL_TAG_LEN, cipher + len) != 1)
		goto done;
	err = OK;
done:
	EVP_CIPHER_CTX_free(ctx);
	return err;
}

enum err
seal_open(uint8_t *out, const uint8_t key[SEAL_KEY_LEN], const char *context,
    const uint8_t *sealed, size_t len)
{
	EVP_CIPHER_CTX *ctx = NULL;
	uint8_t tag[SEAL_TAG_LEN], none[SEAL_TAG_LEN];
	size_t text_len;
	enum err err = ERR_BROKEN;
	int step = 0;

	if (len < SEAL_OVERHEAD || len > INT_MAX)
		return ERR_BROKEN;
	text_len = len - SEAL_OVERHEAD;
	memcpy(tag, sealed + SEAL_NONCE_LEN + text_len, SEAL_TAG_LEN);
	ctx = EVP_CIPHER_CTX_new();
	if (ctx == NULL ||
	    EVP_DecryptInit_ex2(ctx, EVP_aes_256_gcm(), key, sealed, NULL) !=
		1 ||
	    EVP_DecryptUpdate(ctx, NULL, &step, (const uint8_t *)context,
		(int)strlen(context)) != 1)
		goto done;
	if (text_len > 0 &&
	    EVP_DecryptUpdate(
		ctx, out, &step, sealed + SEAL_NONCE_LEN, (int)text_len) != 1)
		goto done;
	if (EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_GCM_SET_TAG, SEAL_TAG_LEN, tag) !=
		1 ||
	    EVP_DecryptFinal_ex(ctx, none, &step) != 1)
		goto done;
	err = OK;
done:
	EVP_CIPHER_CTX_free(ctx);
	/* Not one byte of what did not verify. */
	if (err != OK)
		OPENSSL_cleanse(out, text_len);
	return err;
}

/* The key between two P-256 keys, bound to both points. */
static enum err
key_agree(uint8_t key[SEAL_KEY_LEN], EVP_PKEY *own, EVP_PKEY *peer,
    const uint8_t ephemeral[SEAL_POINT_LEN],
    const uint8_t receiver[SEAL_POINT_LEN])
{
	uint8_t shared[32], points[2 * SEAL_POINT_LEN];
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new(own, NULL);
	size_t len = sizeof(shared);
	enum err err = ERR_BROKEN;

	if (ctx == NULL || EVP_PKEY_derive_init(ctx) != 1 ||
	    EVP_PKEY_derive_set_peer_ex(ctx, peer, 1) != 1 ||
	    EVP_PKEY_derive(ctx, shared, &len) != 1 || len != sizeof(shared))
		goto done;
	memcpy(points, ephemeral, SEAL_POINT_LEN);
	memcpy(points + SEAL_POINT_LEN, receiver, SEAL_POINT_LEN);
	hash_hkdf(key, SEAL_KEY_LEN, shared, sizeof(shared), points,
	    sizeof(points), "crm identity key v1");
	err = OK;
done:
	OPENSSL_cleanse(shared, sizeof(shared));
	EVP_PKEY_CTX_free(ctx);
	return err;
}

enum err
seal_wrap(uint8_t wrapped[SEAL_WRAPPED_LEN], const struct seal_public *seal,
    const uint8_t key[SEAL_KEY_LEN], const char *context)
{
	uint8_t wrapping[SEAL_KEY_LEN];
	EVP_PKEY *ephemeral = EVP_EC_gen("P-256");
	enum err err = ERR_BROKEN;

	wrapped[0] = SEAL_VERSION;
	if (ephemeral == NULL || !point_get(wrapped + 1, ephemeral))
		goto done;
	err =
	    key_agree(wrapping, ephemeral, seal->key, wrapped + 1, seal->point);
	if (err != OK)
		goto done;
	err = seal_text(
	    wrapped + 1 + SEAL_POINT_LEN, wrapping, context, key, SEAL_KEY_LEN);
done:
	OPENSSL_cleanse(wrapping, sizeof(wrapping));
	EVP_PKEY_free(ephemeral);
	return err;
}

/* A public key from its point; OpenSSL refuses points off the curve. */
static EVP_PKEY *
point_load(const uint8_t point[SEAL_POINT_LEN])
{
	char group[] = "prime256v1";
	uint8_t copy[SEAL_POINT_LEN];
	OSSL_PARAM params[3];
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, "EC", NULL);
	EVP_PKEY *key = NULL;

	memcpy(copy, point, sizeof(copy));
	params[0] = OSSL_PARAM_construct_utf8_string(
	    OSSL_PKEY_PARAM_GROUP_NAME, group, 0);
	params[1] = OSSL_PARAM_construct_octet_string(
	    OSSL_PKEY_PARAM_PUB_KEY, copy, sizeof(copy));
	params[2] = OSSL_PARAM_construct_end();
	if (ctx == NULL || EVP_PKEY_fromdata_init(ctx) != 1 ||
	    EVP_PKEY_fromdata(ctx, &key, EVP_PKEY_PUBLIC_KEY, params) != 1)
		key = NULL;
	EVP_PKEY_CTX_free(ctx);
	return key;
}

enum err
seal_unwrap(uint8_t key[SEAL_KEY_LEN], const char *private_pem, size_t pem_len,
    const uint8_t wrapped[SEAL_WRAPPED_LEN], const char *context)
{
	uint8_t wrapping[SEAL_KEY_LEN], receiver[SEAL_POINT_LEN];
	EVP_PKEY *own = NULL, *ephemeral = NULL;
	BIO *bio = NULL;
	enum err err = ERR_BROKEN;

	if (wrapped[0] != SEAL_VERSION || pem_len > INT_MAX)
		return ERR_BROKEN;
	bio = BIO_new_mem_buf(private_pem, (int)pem_len);
	own = PEM_read_bio_PrivateKey(bio, NULL, NULL, no_password);
	if (own == NULL || !point_get(receiver, own))
		goto done;
	ephemeral = point_load(wrapped + 1);
	if (ephemeral == NULL)
		goto done;
	err = key_agree(wrapping, own, ephemeral, wrapped + 1, receiver);
	if (err != OK)
		goto done;
	err = seal_open(key, wrapping, context, wrapped + 1 + SEAL_POINT_LEN,
	    SEAL_KEY_LEN + SEAL_OVERHEAD);
done:
	OPENSSL_cleanse(wrapping, sizeof(wrapping));
	EVP_PKEY_free(ephemeral);
	EVP_PKEY_free(own);
	BIO_free(bio);
	return err;
}
