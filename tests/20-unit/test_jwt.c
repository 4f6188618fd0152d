/*
 * Channel tokens: what is good, and every attack on the list, each signed for
 * real so that nothing but the attack is wrong.
 *
 * SPDX-License-Identifier: ISC
 */
#include <openssl/hmac.h>

#include "jwt_bench.h"

static void
good_tokens_pass(void **state)
{
	char kid[JWT_KID_MAX + 1];

	(void)state;
	maker_token(token, &es, ES_HEADER, good_with("jaki", ""));
	assert_int_equal(
	    jwt_verify(kid, verifier, token, strlen(token), NOW_S * 1000),
	    JWT_VALID);
	assert_string_equal(kid, "jaki-1");
	/* From memory now. */
	memset(kid, 'x', sizeof(kid));
	assert_int_equal(
	    jwt_verify(kid, verifier, token, strlen(token), NOW_S * 1000),
	    JWT_VALID);
	assert_string_equal(kid, "jaki-1");
	maker_token(token, &rs, RS_HEADER, good_with("desk", ""));
	assert_int_equal(
	    jwt_verify(kid, verifier, token, strlen(token), NOW_S * 1000),
	    JWT_VALID);
	assert_string_equal(kid, "desk-1");
	maker_token(token, &es, "{\"kid\":\"jaki-1\",\"alg\":\"ES256\"}",
	    good_with("jaki", ",\"sub\":\"1\",\"nbf\":1,\"role\":\"admin\""));
	expect(JWT_VALID, "no typ, other claims");
}

static void
the_header_is_pinned(void **state)
{
	static const struct {
		enum jwt_verdict verdict;
		const char *header;
	} trials[] = {
	    {JWT_BAD_ALG, "{\"alg\":\"none\",\"kid\":\"jaki-1\"}"},
	    {JWT_BAD_ALG, "{\"alg\":\"None\",\"kid\":\"jaki-1\"}"},
	    {JWT_BAD_ALG, "{\"alg\":\"HS256\",\"kid\":\"jaki-1\"}"},
	    {JWT_BAD_ALG, "{\"alg\":\"RS256\",\"kid\":\"jaki-1\"}"},
	    {JWT_BAD_ALG, "{\"alg\":\"ES384\",\"kid\":\"jaki-1\"}"},
	    {JWT_BAD_ALG, "{\"alg\":\"PS256\",\"kid\":\"jaki-1\"}"},
	    {JWT_BAD_ALG, "{\"alg\":\"es256\",\"kid\":\"jaki-1\"}"},
	    {JWT_BAD_ALG, "{\"alg\":\"\",\"kid\":\"jaki-1\"}"},
	    {JWT_BAD_HEADER, "{\"kid\":\"jaki-1\"}"},
	    {JWT_BAD_HEADER, "{\"ALG\":\"ES256\",\"kid\":\"jaki-1\"}"},
	    {JWT_BAD_HEADER, "{\"alg\":[\"ES256\"],\"kid\":\"jaki-1\"}"},
	    {JWT_BAD_HEADER, "{\"alg\":1,\"kid\":\"jaki-1\"}"},
	    {JWT_BAD_HEADER,
		"{\"alg\":\"ES256\",\"alg\":\"none\",\"kid\":\"jaki-1\"}"},
	    {JWT_BAD_HEADER, "{\"alg\":\"ES256\"}"},
	    {JWT_BAD_HEADER, "{\"alg\":\"ES256\",\"kid\":1}"},
	    {JWT_BAD_HEADER, "{\"alg\":\"ES256\",\"kid\":\"\"}"},
	    {JWT_BAD_HEADER,
		"{\"alg\":\"ES256\",\"kid\":\"../../../dev/null\"}"},
	    {JWT_BAD_HEADER, "{\"alg\":\"ES256\",\"kid\":\"a' or 1=1 --\"}"},
	    {JWT_BAD_HEADER, "{\"alg\":\"ES256\",\"kid\":\"jaki-1\\u0000x\"}"},
	    {JWT_BAD_HEADER,
		"{\"alg\":\"ES256\",\"kid\":\"0123456789012345678"
		"9012345678901234567890123456789012345678901234\"}"},
	    {JWT_UNKNOWN_KEY, "{\"alg\":\"ES256\",\"kid\":\"jaki-2\"}"},
	    {JWT_UNKNOWN_KEY, "{\"alg\":\"ES256\",\"kid\":\"JAKI-1\"}"},
	    {JWT_BAD_HEADER,
		"{\"alg\":\"ES256\",\"kid\":\"jaki-1\","
		"\"crit\":[\"exp\"]}"},
	    {JWT_BAD_HEADER,
		"{\"alg\":\"ES256\",\"kid\":\"jaki-1\","
		"\"b64\":false,\"crit\":[\"b64\"]}"},
	    {JWT_BAD_HEADER,
		"{\"alg\":\"ES256\",\"kid\":\"jaki-1\","
		"\"b64\":true}"},
	    {JWT_BAD_HEADER,
		"{\"alg\":\"ES256\",\"kid\":\"jaki-1\","
		"\"zip\":\"DEF\"}"},
	    {JWT_BAD_HEADER,
		"{\"alg\":\"ES256\",\"kid\":\"jaki-1\","
		"\"jwk\":{\"kty\":\"EC\"}}"},
	    {JWT_BAD_HEADER,
		"{\"alg\":\"ES256\",\"kid\":\"jaki-1\","
		"\"jku\":\"https://evil.example/jwks\"}"},
	    {JWT_BAD_HEADER,
		"{\"alg\":\"ES256\",\"kid\":\"jaki-1\","
		"\"x5u\":\"https://evil.example/x\"}"},
	    {JWT_BAD_HEADER,
		"{\"alg\":\"ES256\",\"kid\":\"jaki-1\","
		"\"x5c\":[\"AAAA\"]}"},
	    {JWT_BAD_HEADER,
		"{\"alg\":\"ES256\",\"kid\":\"jaki-1\","
		"\"JWK\":null}"},
	    {JWT_BAD_HEADER,
		"{\"alg\":\"ES256\",\"kid\":\"jaki-1\","
		"\"typ\":\"JWE\"}"},
	    {JWT_BAD_HEADER,
		"{\"alg\":\"ES256\",\"kid\":\"jaki-1\","
		"\"typ\":1}"},
	    {JWT_BAD_HEADER, "[\"ES256\"]"},
	    {JWT_BAD_HEADER, "{\"alg\":\"ES256\",\"kid\":\"jaki-1\"} x"},
	    {JWT_BAD_HEADER,
		"\xef\xbb\xbf{\"alg\":\"ES256\",\"kid\":\"jaki-1\"}"},
	};
	size_t at;

	(void)state;
	for (at = 0; at < sizeof(trials) / sizeof(trials[0]); at++) {
		maker_token(
		    token, &es, trials[at].header, good_with("jaki", ""));
		expect(trials[at].verdict, trials[at].header);
	}
}

/* An HMAC under the public PEM: what alg confusion looks like. */
static void
alg_confusion_fails(void **state)
{
	static const char *const algs[] = {"HS256", "ES256", "RS256"};
	uint8_t mac[32];
	unsigned mac_len;
	char header[80];
	size_t n, at;

	(void)state;
	for (n = 0; n < 3; n++) {
		(void)snprintf(header, sizeof(header),
		    "{\"alg\":\"%s\",\"kid\":\"desk-1\"}", algs[n]);
		maker_token(token, &rs, header, good_with("desk", ""));
		at = (size_t)(strrchr(token, '.') - token);
		assert_non_null(HMAC(EVP_sha256(), rs.public_pem,
		    (int)strlen(rs.public_pem), (uint8_t *)token, at, mac,
		    &mac_len));
		(void)base64_encode(token + at + 1, mac, mac_len);
		expect(n < 2 ? JWT_BAD_ALG : JWT_BAD_SIGNATURE, algs[n]);
	}
	/* The other channel's key, the other channel's name. */
	maker_token(token, &rs, ES_HEADER, good_with("jaki", ""));
	expect(JWT_BAD_SIGNATURE, "signed with RSA");
	maker_token(token, &stranger, ES_HEADER, good_with("jaki", ""));
	expect(JWT_BAD_SIGNATURE, "signed by a stranger");
	maker_token(token, &es, ES_HEADER, good_with("desk", ""));
	expect(JWT_BAD_CLAIMS, "speaks for another channel");
}

static void
the_spelling_is_strict(void **state)
{
	static const char *const tails[] = {
	    "=", "==", "A", "AAAA", "!", ".", ".x", " ", "\n", "%3d"};
	char good[MAKER_TOKEN_SIZE];
	size_t at, len;
	char *dot;

	(void)state;
	maker_token(good, &es, ES_HEADER, good_with("jaki", ""));
	len = strlen(good);
	/* Remembered, and still no other spelling passes. */
	memcpy(token, good, len + 1);
	expect(JWT_VALID, "the good one");
	for (at = 0; at < sizeof(tails) / sizeof(tails[0]); at++) {
		(void)snprintf(token, sizeof(token), "%s%s", good, tails[at]);
		assert_int_not_equal(verdict_at(NOW_S), JWT_VALID);
		(void)snprintf(token, sizeof(token), "%s%s", tails[at], good);
		assert_int_not_equal(verdict_at(NOW_S), JWT_VALID);
	}
	for (at = 0; at < len; at++) {
		memcpy(token, good, len + 1);
		token[at] = token[at] == 'A' ? 'B' : 'A';
		assert_int_not_equal(verdict_at(NOW_S), JWT_VALID);
		token[at] = '\0';
		assert_int_not_equal(jwt_verify((char[JWT_KID_MAX + 1]){0},
					 verifier, token, len, NOW_S * 1000),
		    JWT_VALID);
	}
	/* No signature at all. */
	memcpy(token, good, len + 1);
	dot = strrchr(token, '.');
	dot[1] = '\0';
	expect(JWT_BAD_PARTS, "empty signature");
	dot[0] = '\0';
	expect(JWT_BAD_PARTS, "two parts");
	(void)snprintf(token, sizeof(token), "..");
	expect(JWT_BAD_PARTS, "only dots");
	(void)snprintf(token, sizeof(token), "a.b.c");
	expect(JWT_BAD_PARTS, "a.b.c");
	token[0] = '\0';
	expect(JWT_BAD_SIZE, "empty");
	memset(token, 'A', JWT_TOKEN_MAX + 1);
	token[JWT_TOKEN_MAX + 1] = '\0';
	expect(JWT_BAD_SIZE, "4097 bytes");
	token[JWT_TOKEN_MAX] = '\0';
	expect(JWT_BAD_PARTS, "4096 bytes");
}

static void
claims_have_their_types(void **state)
{
	static const struct {
		enum jwt_verdict verdict;
		const char *claims;
	} trials[] = {
#define T1 "\"iat\":1795507572,\"exp\":1795508172}"
	    {JWT_VALID, "{\"iss\":\"jaki\",\"aud\":\"crm\"," T1},
	    {JWT_VALID, "{\"iss\":\"jaki\",\"aud\":[\"x\",\"crm\"]," T1},
	    {JWT_VALID, "{\"iss\":\"jaki\",\"aud\":[\"crm\"]," T1},
	    {JWT_BAD_CLAIMS, "{\"aud\":\"crm\"," T1},
	    {JWT_BAD_CLAIMS, "{\"iss\":\"jaki\"," T1},
	    {JWT_BAD_CLAIMS, "{\"iss\":\"Jaki\",\"aud\":\"crm\"," T1},
	    {JWT_BAD_CLAIMS, "{\"iss\":\"jaki \",\"aud\":\"crm\"," T1},
	    {JWT_BAD_CLAIMS, "{\"iss\":[\"jaki\"],\"aud\":\"crm\"," T1},
	    {JWT_BAD_CLAIMS, "{\"iss\":null,\"aud\":\"crm\"," T1},
	    {JWT_BAD_CLAIMS, "{\"ISS\":\"jaki\",\"aud\":\"crm\"," T1},
	    {JWT_BAD_CLAIMS, "{\"iss\":\"jaki\",\"aud\":\"CRM\"," T1},
	    {JWT_BAD_CLAIMS, "{\"iss\":\"jaki\",\"aud\":[]," T1},
	    {JWT_BAD_CLAIMS, "{\"iss\":\"jaki\",\"aud\":[\"x\"]," T1},
	    {JWT_BAD_CLAIMS, "{\"iss\":\"jaki\",\"aud\":[\"crm\",1]," T1},
	    {JWT_BAD_CLAIMS, "{\"iss\":\"jaki\",\"aud\":[[\"crm\"]]," T1},
	    {JWT_BAD_CLAIMS, "{\"iss\":\"jaki\",\"aud\":{\"crm\":1}," T1},
	    {JWT_BAD_CLAIMS, "{\"iss\":\"jaki\",\"aud\":null," T1},
	    {JWT_BAD_CLAIMS,
		"{\"iss\":\"evil\",\"iss\":\"jaki\",\"aud\":\"crm\"," T1},
	    {JWT_BAD_CLAIMS,
		"{\"iss\":\"jaki\",\"aud\":\"crm\",\"\\u0069ss\":\"jaki\"," T1},
	    {JWT_BAD_CLAIMS, "{\"iss\":\"jaki\",\"aud\":\"crm\",\"EXP\":9," T1},
	    {JWT_BAD_CLAIMS,
		"{\"iss\":\"jaki\",\"aud\":\"crm\",\"exp\":9999999999," T1},
	    {JWT_BAD_CLAIMS, "{\"iss\":\"jaki\",\"aud\":\"crm\"," T1 " x"},
	    {JWT_BAD_CLAIMS, "{}"},
	    {JWT_BAD_CLAIMS, "[]"},
	    {JWT_BAD_CLAIMS, "null"},
	    {JWT_BAD_CLAIMS, "\"jaki\""},
	    {JWT_BAD_CLAIMS, "x"},
#define A "{\"iss\":\"jaki\",\"aud\":\"crm\","
	    {JWT_BAD_CLAIMS, A "\"exp\":1795508172}"},
	    {JWT_BAD_CLAIMS, A "\"iat\":1795507572}"},
	    {JWT_BAD_CLAIMS, A "\"iat\":\"1795507572\",\"exp\":1795508172}"},
	    {JWT_BAD_CLAIMS, A "\"iat\":1795507572,\"exp\":\"1795508172\"}"},
	    {JWT_BAD_CLAIMS, A "\"iat\":1795507572,\"exp\":null}"},
	    {JWT_BAD_CLAIMS, A "\"iat\":1795507572,\"exp\":true}"},
	    {JWT_BAD_CLAIMS, A "\"iat\":1795507572.5,\"exp\":1795508172}"},
	    {JWT_BAD_CLAIMS, A "\"iat\":1795507572,\"exp\":1795508172.0}"},
	    {JWT_BAD_CLAIMS, A "\"iat\":1795507572,\"exp\":1.795508172e9}"},
	    {JWT_BAD_CLAIMS, A "\"iat\":-1,\"exp\":100}"},
	    {JWT_BAD_CLAIMS, A "\"iat\":0,\"exp\":100}"},
	    {JWT_BAD_CLAIMS, A "\"nbf\":true," T1},
	    {JWT_BAD_CLAIMS, A "\"nbf\":[1]," T1},
	    {JWT_BAD_CLAIMS, A "\"iat\":1795508172,\"exp\":1795507572}"},
	    {JWT_BAD_CLAIMS, A "\"iat\":1795507572,\"exp\":1795507572}"},
	    {JWT_BAD_CLAIMS,
		A "\"iat\":1795507572,\"exp\":99999999999999999999}"},
	    {JWT_BAD_CLAIMS, A "\"nbf\":\"x\"," T1},
	    {JWT_BAD_CLAIMS, A "\"nbf\":null," T1},
	    {JWT_BAD_CLAIMS, A "\"nbf\":1.5," T1},
	    {JWT_NOT_YET, A "\"nbf\":1795507633," T1},
	    {JWT_VALID, A "\"nbf\":1795507632," T1},
	    {JWT_TOO_LONG_LIVED, A "\"iat\":1795507572,\"exp\":1795508473}"},
	    {JWT_VALID, A "\"iat\":1795507572,\"exp\":1795508472}"},
	    {JWT_TOO_LONG_LIVED, A "\"iat\":1,\"exp\":9007199254740992}"},
	    {JWT_EXPIRED, A "\"iat\":1795506912,\"exp\":1795507512}"},
	    {JWT_VALID, A "\"iat\":1795506913,\"exp\":1795507513}"},
	    {JWT_NOT_YET, A "\"iat\":1795507633,\"exp\":1795508172}"},
	    {JWT_VALID, A "\"iat\":1795507632,\"exp\":1795508172}"},
#undef A
#undef T1
	};
	size_t at;

	(void)state;
	for (at = 0; at < sizeof(trials) / sizeof(trials[0]); at++) {
		maker_token(token, &es, ES_HEADER, trials[at].claims);
		expect(trials[at].verdict, trials[at].claims);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(good_tokens_pass),
	    TEST(the_header_is_pinned),
	    TEST(alg_confusion_fails),
	    TEST(the_spelling_is_strict),
	    TEST(claims_have_their_types),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
