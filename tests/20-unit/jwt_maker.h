/*
 * Makes tokens of any header and payload, signed for real, so that only what
 * a test is about is wrong with them. Included by the tests and the fuzz
 * target of auth/jwt.c.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef TESTS_JWT_MAKER_H
#define TESTS_JWT_MAKER_H

#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <stdio.h>
#include <string.h>

#include "core/base64.h"
#include "core/check.h"
#include "core/heap.h"

#define MAKER_TOKEN_SIZE 16384

/* A key pair with its PEM texts. */
struct maker {
	EVP_PKEY *key;
	char *public_pem;
	char *private_pem;
};

static inline char *
maker_text(BIO *bio)
{
	char *data = NULL, *text;
	long len = BIO_get_mem_data(bio, &data);

	text = heap_text(data, (size_t)len);
	BIO_free(bio);
	return text;
}

/* Takes the key. */
static inline struct maker
maker_of(EVP_PKEY *key)
{
	BIO *open = BIO_new(BIO_s_mem()), *secret = BIO_new(BIO_s_mem());

	must(key != NULL && PEM_write_bio_PUBKEY(open, key) == 1 &&
		PEM_write_bio_PrivateKey(
		    secret, key, NULL, NULL, 0, NULL, NULL) == 1,
	    "a test key can be written");
	return (struct maker){key, maker_text(open), maker_text(secret)};
}

static inline void
maker_clear(struct maker *maker)
{
	EVP_PKEY_free(maker->key);
	heap_free(maker->public_pem);
	heap_free(maker->private_pem);
}

/* r || s from the DER that OpenSSL makes. */
static inline size_t
maker_flatten(uint8_t *signature, size_t len)
{
	const uint8_t *at = signature;
	ECDSA_SIG *pair = d2i_ECDSA_SIG(NULL, &at, (long)len);
	uint8_t flat[64];

	must(pair != NULL &&
		BN_bn2binpad(ECDSA_SIG_get0_r(pair), flat, 32) == 32 &&
		BN_bn2binpad(ECDSA_SIG_get0_s(pair), flat + 32, 32) == 32,
	    "a test signature is of P-256");
	ECDSA_SIG_free(pair);
	memcpy(signature, flat, sizeof(flat));
	return sizeof(flat);
}

/* Signs "header.payload" as it stands and adds the third part. */
static inline void
maker_sign(char *token, const struct maker *maker)
{
	uint8_t signature[1024];
	size_t len = sizeof(signature), at = strlen(token);
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();

	must(EVP_DigestSignInit(ctx, NULL, EVP_sha256(), NULL, maker->key) ==
		    1 &&
		EVP_DigestSign(ctx, signature, &len, (uint8_t *)token, at) == 1,
	    "a test key can sign");
	EVP_MD_CTX_free(ctx);
	if (EVP_PKEY_is_a(maker->key, "EC"))
		len = maker_flatten(signature, len);
	token[at++] = '.';
	(void)base64_encode(token + at, signature, len);
}

/* token has MAKER_TOKEN_SIZE bytes. */
static inline void
maker_token(char *token, const struct maker *maker, const char *header,
    const char *payload)
{
	size_t at = base64_encode(token, header, strlen(header));

	token[at++] = '.';
	(void)base64_encode(token + at, payload, strlen(payload));
	maker_sign(token, maker);
}

#endif
