/*
 * Sets of public keys: the examples of RFC 7517, what is passed over, and what
 * makes the whole set be refused.
 *
 * SPDX-License-Identifier: ISC
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "auth/jwk.h"
#include "core/heap.h"
#include "core/json.h"

/* RFC 7517 appendix A.1. */
#define X "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4"
#define Y "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"
#define N                                                                      \
	"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86z"     \
	"wu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5Js"     \
	"GY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMic"     \
	"AtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-"     \
	"bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csF"     \
	"Cur-kEgU8awapJzKnqDKgw"
#define EC(kid, more)                                                          \
	"{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"" X "\",\"y\":\"" Y         \
	"\",\"kid\":\"" kid "\"" more "}"
#define RSA(kid, more)                                                         \
	"{\"kty\":\"RSA\",\"n\":\"" N "\",\"e\":\"AQAB\",\"kid\":\"" kid       \
	"\"" more "}"
#define OTHERS                                                                 \
	EC("enc", ",\"use\":\"enc\"")                                          \
	"," EC("ops", ",\"key_ops\":[\"deriveKey\"]") "," RSA(                 \
	    "pss", ",\"alg\":\"PS256\"") ",{\"kty\":\"OKP\",\"crv\":"          \
					 "\"Ed25519\",\"x\":\"11qYAYKx\"}"     \
					 ",{\"kty\":\"EC\",\"crv\":\"P-384\"," \
					 "\"x\":\"AA\",\"y\":\"AA\"}"

static enum err
read_set(struct jwk_set *set, struct jwk_flaw *flaw, const char *text)
{
	cJSON *json = NULL;
	enum err err;

	assert_int_equal(json_parse(&json, text, strlen(text)), OK);
	err = jwk_set_read(set, flaw, json);
	cJSON_Delete(json);
	return err;
}

static void
the_examples_are_read(void **state)
{
	struct jwk_set set;
	struct jwk_flaw flaw;
	char *pem;
	size_t i;

	(void)state;
	assert_int_equal(
	    read_set(&set, &flaw,
		"{\"keys\":[" OTHERS
		"," EC("1", ",\"key_ops\":[\"verify\"]") "," RSA(
		    "2011-04-29", ",\"alg\":\"RS256\",\"use\":\"sig\"") "]}"),
	    OK);
	assert_int_equal(set.count, 2);
	assert_string_equal(set.key[0].kid, "1");
	assert_string_equal(set.key[0].alg, "ES256");
	assert_string_equal(set.key[1].kid, "2011-04-29");
	assert_string_equal(set.key[1].alg, "RS256");
	for (i = 0; i < set.count; i++) {
		/* One spelling: read again, it is the same. */
		assert_int_equal(
		    jwk_pem_read(&pem, set.key[i].pem, set.key[i].alg), OK);
		assert_string_equal(pem, set.key[i].pem);
		heap_free(pem);
		assert_int_equal(
		    jwk_pem_read(&pem, set.key[i].pem, set.key[1 - i].alg),
		    ERR_INVALID);
	}
	jwk_set_clear(&set);
}

static void
a_bad_set_is_refused_whole(void **state)
{
	static const struct {
		const char *pointer;
		const char *code;
		const char *text;
	} trials[] = {
	    {"/keys", "required", "{}"},
	    {"/keys", "required", "{\"keys\":{}}"},
	    {"/keys", "required", "{\"Keys\":[]}"},
	    {"/keys", "no_key", "{\"keys\":[]}"},
	    {"/keys", "no_key", "{\"keys\":[" OTHERS "]}"},
	    {"/keys/0", "type", "{\"keys\":[1]}"},
	    {"/keys/1", "private_key",
		"{\"keys\":[" EC("1", "") "," RSA("2", ",\"d\":\"AQ\"") "]}"},
	    {"/keys/0", "private_key",
		"{\"keys\":[" EC("1", ",\"use\":\"enc\",\"d\":\"AQ\"") "]}"},
	    {"/keys/0", "private_key",
		"{\"keys\":[{\"kty\":\"oct\",\"k\":\"AQ\"}]}"},
	    {"/keys/0/kid", "format", "{\"keys\":[" EC("a b", "") "]}"},
	    {"/keys/0/kid", "format", "{\"keys\":[" EC("", "") "]}"},
	    {"/keys/0/kid", "required",
		"{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\"}]}"},
	    {"/keys/1/kid", "duplicate",
		"{\"keys\":[" EC("1", "") "," RSA("1", "") "]}"},
	    {"/keys/2", "too_many",
		"{\"keys\":[" EC("1", "") "," EC("2", "") "," EC("3", "") "]}"},
	    {"/keys/0", "key",
		"{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"1\","
		"\"x\":\"" X "\",\"y\":\"" X "\"}]}"},
	    {"/keys/0", "key",
		"{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"1\","
		"\"x\":\"" X "\",\"y\":\"AQAB\"}]}"},
	    {"/keys/0", "key",
		"{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"1\","
		"\"x\":\"" X "\",\"y\":\"" Y "=\"}]}"},
	    {"/keys/0", "key",
		"{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"1\","
		"\"x\":1}]}"},
	    {"/keys/0", "key",
		"{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"1\",\"e\":\"AQAB\","
		"\"n\":\"" X "\"}]}"},
	    {"/keys/0", "key",
		"{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"1\",\"e\":\"AQ\","
		"\"n\":\"" N "\"}]}"},
	    {"/keys/0", "key",
		"{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"1\",\"e\":\"AQAA\","
		"\"n\":\"" N "\"}]}"},
	    {"/keys/0", "key",
		"{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"1\",\"e\":\"\","
		"\"n\":\"" N "\"}]}"},
	    {"/keys/0", "key",
		"{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"1\",\"n\":\"" N "\"}]}"},
	};
	struct jwk_set set = {.count = 7};
	struct jwk_flaw flaw;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(trials) / sizeof(trials[0]); i++) {
		assert_int_equal(
		    read_set(&set, &flaw, trials[i].text), ERR_INVALID);
		assert_string_equal(flaw.pointer, trials[i].pointer);
		assert_string_equal(flaw.code, trials[i].code);
		assert_int_equal(set.count, 7);
	}
}

static void
what_is_no_public_key_is_refused(void **state)
{
	static const char *const trials[] = {"", "-----BEGIN PUBLIC KEY-----",
	    "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
	    "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"};
	char *pem = NULL;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(trials) / sizeof(trials[0]); i++) {
		assert_int_equal(
		    jwk_pem_read(&pem, trials[i], "ES256"), ERR_INVALID);
		assert_int_equal(
		    jwk_pem_read(&pem, trials[i], "HS256"), ERR_INVALID);
	}
	assert_null(pem);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_examples_are_read),
	    cmocka_unit_test(a_bad_set_is_refused_whole),
	    cmocka_unit_test(what_is_no_public_key_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
