/*
 * What the tests of auth/jwt.c share: keys, a verifier that knows them, good
 * claims, and the question what becomes of the token.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef TESTS_JWT_BENCH_H
#define TESTS_JWT_BENCH_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <openssl/rsa.h>
#include <stdio.h>
#include <string.h>

#include "auth/jwt.h"
#include "jwt_maker.h"

#define NOW_S     INT64_C(1795507572)
#define ES_HEADER "{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":\"jaki-1\"}"
#define RS_HEADER "{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"desk-1\"}"

static struct maker es, rs, stranger;
static struct jwt_verifier *verifier;
static char token[MAKER_TOKEN_SIZE];
static char claims[MAKER_TOKEN_SIZE];

static inline int
setup(void **state)
{
	(void)state;
	es = maker_of(EVP_EC_gen("P-256"));
	rs = maker_of(EVP_RSA_gen(2048));
	stranger = maker_of(EVP_EC_gen("P-256"));
	return 0;
}

static inline int
teardown(void **state)
{
	(void)state;
	maker_clear(&es);
	maker_clear(&rs);
	maker_clear(&stranger);
	return 0;
}

static inline int
verifier_make(void **state)
{
	struct jwt_row rows[] = {
	    {"jaki-1", "ES256", es.public_pem, "jaki", "crm"},
	    {"desk-1", "RS256", rs.public_pem, "desk", "crm"},
	};

	(void)state;
	verifier = jwt_verifier_new();
	return jwt_verifier_load(verifier, rows, 2) == 0 ? 0 : -1;
}

static inline int
verifier_end(void **state)
{
	(void)state;
	jwt_verifier_free(verifier);
	return 0;
}

/* Claims that are good, with more members put behind. */
static inline const char *
good_with(const char *issuer, const char *more)
{
	(void)snprintf(claims, sizeof(claims),
	    "{\"iss\":\"%s\",\"aud\":\"crm\",\"iat\":%lld,\"exp\":%lld%s}",
	    issuer, (long long)NOW_S, (long long)NOW_S + 600, more);
	return claims;
}

static inline enum jwt_verdict
verdict_at(int64_t now_s)
{
	char kid[JWT_KID_MAX + 1];

	return jwt_verify(kid, verifier, token, strlen(token), now_s * 1000);
}

static inline void
expect(enum jwt_verdict expected, const char *what)
{
	enum jwt_verdict verdict = verdict_at(NOW_S);

	if (verdict != expected)
		print_error("%s: %s\n", what, jwt_verdict_name(verdict));
	assert_int_equal(verdict, expected);
}

#define TEST(name)                                                             \
	cmocka_unit_test_setup_teardown(name, verifier_make, verifier_end)

#endif
