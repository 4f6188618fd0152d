/*
 * The table of keys, the memory of tokens, and tokens that are made here.
 *
 * SPDX-License-Identifier: ISC
 */
#include "jwt_bench.h"

static void
a_remembered_token_expires(void **state)
{
	(void)state;
	maker_token(token, &es, ES_HEADER, good_with("jaki", ""));
	assert_int_equal(verdict_at(NOW_S), JWT_VALID);
	assert_int_equal(verdict_at(NOW_S + 659), JWT_VALID);
	assert_int_equal(verdict_at(NOW_S + 660), JWT_EXPIRED);
	assert_int_equal(verdict_at(NOW_S - 60), JWT_VALID);
	assert_int_equal(verdict_at(NOW_S - 61), JWT_NOT_YET);
	assert_int_equal(verdict_at(NOW_S + 86400), JWT_EXPIRED);
}

static void
memory_is_bounded(void **state)
{
	char first[MAKER_TOKEN_SIZE], more[32];
	int at;

	(void)state;
	maker_token(first, &es, ES_HEADER, good_with("jaki", ""));
	for (at = 0; at < 600; at++) {
		(void)snprintf(more, sizeof(more), ",\"n\":%d", at);
		maker_token(token, &es, ES_HEADER, good_with("jaki", more));
		assert_int_equal(verdict_at(NOW_S), JWT_VALID);
	}
	memcpy(token, first, sizeof(first));
	assert_int_equal(verdict_at(NOW_S), JWT_VALID);
}

static void
keys_are_swapped_whole(void **state)
{
	struct jwt_row two[] = {
	    {"jaki-2", "ES256", stranger.public_pem, "jaki", "crm"},
	    {"jaki-1", "ES256", es.public_pem, "jaki", "crm"},
	};
	char kid[JWT_KID_MAX + 1] = "";

	(void)state;
	maker_token(token, &es, ES_HEADER, good_with("jaki", ""));
	assert_int_equal(verdict_at(NOW_S), JWT_VALID);
	assert_int_equal(jwt_verifier_load(verifier, two, 2), 0);
	assert_int_equal(verdict_at(NOW_S), JWT_VALID);
	/* The old key goes: what was remembered under it goes too. */
	assert_int_equal(jwt_verifier_load(verifier, two, 1), 0);
	assert_int_equal(
	    jwt_verify(kid, verifier, token, strlen(token), NOW_S * 1000),
	    JWT_UNKNOWN_KEY);
	assert_string_equal(kid, "jaki-1");
	assert_int_equal(jwt_verifier_load(verifier, NULL, 0), 0);
	assert_int_equal(verdict_at(NOW_S), JWT_UNKNOWN_KEY);
}

static void
weak_or_wrong_keys_are_left_out(void **state)
{
	struct maker weak = maker_of(EVP_RSA_gen(1024));
	struct maker curve = maker_of(EVP_EC_gen("P-384"));
	struct maker edwards =
	    maker_of(EVP_PKEY_Q_keygen(NULL, NULL, "ED25519"));
	const char *long_kid = "0123456789012345678901234567890123456789"
			       "0123456789012345678901234";
	struct jwt_row rows[] = {
	    {"good", "ES256", es.public_pem, "jaki", "crm"},
	    {"good", "ES256", stranger.public_pem, "jaki", "crm"},
	    {"weak", "RS256", weak.public_pem, "jaki", "crm"},
	    {"curve", "ES256", curve.public_pem, "jaki", "crm"},
	    {"edwards", "ES256", edwards.public_pem, "jaki", "crm"},
	    {"swapped", "RS256", es.public_pem, "jaki", "crm"},
	    {"swapped2", "ES256", rs.public_pem, "jaki", "crm"},
	    {"private", "ES256", es.private_pem, "jaki", "crm"},
	    {"none", "none", es.public_pem, "jaki", "crm"},
	    {"hs", "HS256", es.public_pem, "jaki", "crm"},
	    {"", "ES256", es.public_pem, "jaki", "crm"},
	    {"a/b", "ES256", es.public_pem, "jaki", "crm"},
	    {long_kid, "ES256", es.public_pem, "jaki", "crm"},
	    {"issuer", "ES256", es.public_pem, "", "crm"},
	    {"audience", "ES256", es.public_pem, "jaki", ""},
	    {"pem", "ES256", "", "jaki", "crm"},
	    {"pem2", "ES256", "-----BEGIN PUBLIC KEY-----", "jaki", "crm"},
	};
	size_t count = sizeof(rows) / sizeof(rows[0]), at;

	(void)state;
	assert_int_equal(jwt_verifier_load(verifier, rows, count), count - 1);
	assert_int_equal(jwt_row_check(&rows[0]), OK);
	for (at = 2; at < count; at++)
		assert_int_equal(jwt_row_check(&rows[at]), ERR_INVALID);
	maker_clear(&weak);
	maker_clear(&curve);
	maker_clear(&edwards);
}

static void
issued_tokens_are_good(void **state)
{
	struct jwt_row row = {"jaki-1", "ES256", es.public_pem, "jaki", "crm"};
	struct jwt_row other = {
	    "desk-1", "RS256", rs.public_pem, "desk", "crm"};
	struct buf buf;
	int at;

	(void)state;
	buf_init(&buf, JWT_TOKEN_MAX);
	/* Often enough that r or s begins with a zero byte. */
	for (at = 0; at < 600; at++) {
		buf_reset(&buf);
		assert_int_equal(jwt_issue(&buf, &row, es.private_pem,
				     NOW_S * 1000, 60 + at),
		    OK);
		buf_byte(&buf, 0);
		memcpy(token, buf.data, buf.len);
		expect(JWT_VALID, token);
	}
	buf_reset(&buf);
	assert_int_equal(
	    jwt_issue(&buf, &other, rs.private_pem, NOW_S * 1000, 900), OK);
	buf_byte(&buf, 0);
	memcpy(token, buf.data, buf.len);
	expect(JWT_VALID, token);
	buf_reset(&buf);
	assert_int_equal(
	    jwt_issue(&buf, &row, rs.private_pem, NOW_S * 1000, 60),
	    ERR_INVALID);
	assert_int_equal(
	    jwt_issue(&buf, &other, es.private_pem, NOW_S * 1000, 60),
	    ERR_INVALID);
	assert_int_equal(jwt_issue(&buf, &row, es.public_pem, NOW_S * 1000, 60),
	    ERR_INVALID);
	assert_int_equal(buf.len, 0);
	buf_clear(&buf);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(a_remembered_token_expires),
	    TEST(memory_is_bounded),
	    TEST(keys_are_swapped_whole),
	    TEST(weak_or_wrong_keys_are_left_out),
	    TEST(issued_tokens_are_good),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
