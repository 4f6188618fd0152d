/*
 * Makes Kore 4.1.0's key manager work with OpenSSL 3: three calls are caught at
 * link time (ld --wrap), Kore's sources stay as Debian ships them.
 *
 * Kore hangs its signing methods on the RSA and EC objects inside an EVP_PKEY.
 * In OpenSSL 3 those objects are cached copies which OpenSSL itself ignores.
 *
 * SPDX-License-Identifier: ISC
 */
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/ssl.h>

#include <stdint.h>

typedef int (*ec_sign_fn)(int, const unsigned char *, int, unsigned char *,
    unsigned int *, const BIGNUM *, const BIGNUM *, EC_KEY *);
typedef int (*ec_setup_fn)(EC_KEY *, BN_CTX *, BIGNUM **, BIGNUM **);
typedef ECDSA_SIG *(*ec_sign_sig_fn)(
    const unsigned char *, int, const BIGNUM *, const BIGNUM *, EC_KEY *);

int __real_SSL_CTX_use_PrivateKey(SSL_CTX *, EVP_PKEY *);
int __wrap_SSL_CTX_use_PrivateKey(SSL_CTX *, EVP_PKEY *);
void *__wrap_EVP_PKEY_get0(const EVP_PKEY *);
void __real_EC_KEY_METHOD_set_sign(
    EC_KEY_METHOD *, ec_sign_fn, ec_setup_fn, ec_sign_sig_fn);
void __wrap_EC_KEY_METHOD_set_sign(
    EC_KEY_METHOD *, ec_sign_fn, ec_setup_fn, ec_sign_sig_fn);

static ec_sign_sig_fn kore_sign_sig;

/* Key manager: keys of providers have no untyped object, only typed ones. */
void *
__wrap_EVP_PKEY_get0(const EVP_PKEY *key)
{
	int type;

	type = EVP_PKEY_get_base_id(key);
	if (type == EVP_PKEY_RSA)
		return (void *)(uintptr_t)EVP_PKEY_get0_RSA(key);
	if (type == EVP_PKEY_EC)
		return (void *)(uintptr_t)EVP_PKEY_get0_EC_KEY(key);
	return NULL;
}

/* Worker: give OpenSSL a key made of the copy that carries Kore's method. */
int
__wrap_SSL_CTX_use_PrivateKey(SSL_CTX *context, EVP_PKEY *public_key)
{
	EVP_PKEY *key;
	int type, done;

	/* What was decrypted does not stay in its buffers: fix_wipe.c. */
	(void)SSL_CTX_set_options(context, SSL_OP_CLEANSE_PLAINTEXT);
	key = EVP_PKEY_new();
	if (key == NULL)
		return 0;
	done = 0;
	type = EVP_PKEY_get_base_id(public_key);
	if (type == EVP_PKEY_RSA)
		done = EVP_PKEY_set1_RSA(
		    key, (RSA *)(uintptr_t)EVP_PKEY_get0_RSA(public_key));
	else if (type == EVP_PKEY_EC)
		done = EVP_PKEY_set1_EC_KEY(
		    key, (EC_KEY *)(uintptr_t)EVP_PKEY_get0_EC_KEY(public_key));
	if (done == 1)
		done = __real_SSL_CTX_use_PrivateKey(context, key);
	EVP_PKEY_free(key);
	return done;
}

/* OpenSSL calls sign, Kore sets sign_sig only. */
static int
ec_sign(int type, const unsigned char *digest, int digest_len,
    unsigned char *signature, unsigned int *signature_len,
    const BIGNUM *inverse, const BIGNUM *r, EC_KEY *key)
{
	ECDSA_SIG *pair;
	int len;

	(void)type;
	pair = kore_sign_sig(digest, digest_len, inverse, r, key);
	if (pair == NULL)
		return 0;
	len = i2d_ECDSA_SIG(pair, &signature);
	ECDSA_SIG_free(pair);
	if (len <= 0)
		return 0;
	*signature_len = (unsigned int)len;
	return 1;
}

void
__wrap_EC_KEY_METHOD_set_sign(EC_KEY_METHOD *method, ec_sign_fn sign,
    ec_setup_fn setup, ec_sign_sig_fn sign_sig)
{
	kore_sign_sig = sign_sig;
	__real_EC_KEY_METHOD_set_sign(
	    method, sign != NULL ? sign : ec_sign, setup, sign_sig);
}
