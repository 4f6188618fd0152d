/*
 * OpenSSL's SHA-256, fetched once.
 *
 * SPDX-License-Identifier: ISC
 */
#include "core/hash.h"

#include <limits.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <openssl/sha.h>
#include <string.h>

#include "core/check.h"

void
hash_sha256(uint8_t out[HASH_LEN], const void *data, size_t len)
{
	must(SHA256(len == 0 ? (const void *)"" : data, len, out) != NULL,
	    "SHA-256 works");
}

void
hash_hmac(uint8_t out[HASH_LEN], const void *key, size_t key_len,
    const void *data, size_t len)
{
	unsigned out_len = 0;

	must(key_len <= INT_MAX, "a key is short");
	must(HMAC(EVP_sha256(), key_len == 0 ? (const void *)"" : key,
		 (int)key_len, len == 0 ? (const void *)"" : data, len, out,
		 &out_len) != NULL &&
		out_len == HASH_LEN,
	    "HMAC-SHA-256 works");
}

void
hash_hkdf(void *out, size_t out_len, const void *key, size_t key_len,
    const void *salt, size_t salt_len, const char *info)
{
	char digest[] = "SHA256";
	OSSL_PARAM params[5], *param = params;
	EVP_KDF *kdf = EVP_KDF_fetch(NULL, "HKDF", NULL);
	EVP_KDF_CTX *ctx = EVP_KDF_CTX_new(kdf);

	/* OpenSSL takes pointers it only reads as not const. */
	*param++ =
	    OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest, 0);
	*param++ = OSSL_PARAM_construct_octet_string(
	    OSSL_KDF_PARAM_KEY, (void *)(uintptr_t)key, key_len);
	if (salt_len > 0) {
		*param++ = OSSL_PARAM_construct_octet_string(
		    OSSL_KDF_PARAM_SALT, (void *)(uintptr_t)salt, salt_len);
	}
	*param++ = OSSL_PARAM_construct_octet_string(
	    OSSL_KDF_PARAM_INFO, (void *)(uintptr_t)info, strlen(info));
	*param = OSSL_PARAM_construct_end();
	must(EVP_KDF_derive(ctx, out, out_len, params) == 1, "HKDF works");
	EVP_KDF_CTX_free(ctx);
	EVP_KDF_free(kdf);
}

/* An EVP_MD_CTX under our own name, so that callers include no OpenSSL. */
static EVP_MD_CTX *
context_of(struct hash *hash)
{
	return (EVP_MD_CTX *)(void *)hash;
}

struct hash *
hash_new(void)
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();

	must(ctx != NULL && EVP_DigestInit_ex(ctx, EVP_sha256(), NULL) == 1,
	    "SHA-256 works");
	return (struct hash *)(void *)ctx;
}

void
hash_add(struct hash *hash, const void *data, size_t len)
{
	must(EVP_DigestUpdate(context_of(hash), data, len) == 1,
	    "SHA-256 works");
}

void
hash_end(uint8_t out[HASH_LEN], struct hash *hash)
{
	must(EVP_DigestFinal_ex(context_of(hash), out, NULL) == 1,
	    "SHA-256 works");
	EVP_MD_CTX_free(context_of(hash));
}

void
hash_free(struct hash *hash)
{
	EVP_MD_CTX_free(context_of(hash));
}
