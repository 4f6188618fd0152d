/*
 * Signatures against the examples of RFC 7515, appendix A.2 and A.3.
 *
 * SPDX-License-Identifier: ISC
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "auth/jwt_keys.h"
#include "core/base64.h"

#define PAYLOAD                                                                \
	"eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFt"     \
	"cGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
#define RS256_TEXT "eyJhbGciOiJSUzI1NiJ9." PAYLOAD
#define RS256_SIGNATURE                                                        \
	"cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuH" \
	"Im4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdi" \
	"uB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN" \
	"9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2" \
	"w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77" \
	"Rw"
#define ES256_TEXT "eyJhbGciOiJFUzI1NiJ9." PAYLOAD
#define ES256_SIGNATURE                                                        \
	"DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQ" \
	"xfKTUJqPP3-Kg6NU1Q"

static const char rs256_pem[] =
    "-----BEGIN PUBLIC KEY-----\n"
    "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAofgWCuLjybRlzo0tZWJj\n"
    "NiuSfb4p4fAkd/wWJcyQoTbji9k0l8W26mPddxHmfHQp+Vaw+4qPCJrcS2mJPMEz\n"
    "P1Pt0Bm4d4QlL+yRT+SFd2lZS+pCgNMsD1W/YpRPEwOWvG6b32690r2jZ47soMZo\n"
    "9wGzjb/7OMg0LOL+bSf63kpaSHSXndS5z5rexMdbBYUsLA9e+KXBdQOS+UTo7WTB\n"
    "EMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6/I5IhlJH7aGhyxX\n"
    "FvUK+DWNmoudF8NAco9/h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXp\n"
    "oQIDAQAB\n"
    "-----END PUBLIC KEY-----\n";
static const char es256_pem[] =
    "-----BEGIN PUBLIC KEY-----\n"
    "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEf83OJ3D2xF1Bg8vub9tLe1gHMzV7\n"
    "6e8Tus9uPHvRVEXH8UTNG72bfocs3+257rn0s2ldbqkLJK2KRiMohYjlrQ==\n"
    "-----END PUBLIC KEY-----\n";

static void
verifies(const struct jwt_row *row, const char *text, const char *encoded)
{
	uint8_t signature[512];
	size_t refused, len, at;
	struct jwt_keys *keys = jwt_keys_new(row, 1, &refused);
	const struct jwt_key *key = jwt_keys_find(keys, row->kid);
	char changed[400];

	assert_int_equal(refused, 0);
	assert_int_equal(base64_decode(signature, &len, sizeof(signature),
			     encoded, strlen(encoded)),
	    OK);
	assert_true(
	    jwt_keys_is_signed(key, text, strlen(text), signature, len));
	assert_false(
	    jwt_keys_is_signed(key, text, strlen(text) - 1, signature, len));
	assert_false(
	    jwt_keys_is_signed(key, text, strlen(text), signature, len - 1));
	assert_false(jwt_keys_is_signed(key, text, strlen(text), signature, 0));
	for (at = 0; at < len; at += 7) {
		signature[at] ^= 1;
		assert_false(jwt_keys_is_signed(
		    key, text, strlen(text), signature, len));
		signature[at] ^= 1;
	}
	memcpy(changed, text, strlen(text));
	changed[30] ^= 1;
	assert_false(
	    jwt_keys_is_signed(key, changed, strlen(text), signature, len));
	jwt_keys_free(keys);
}

static void
rs256_example(void **state)
{
	const struct jwt_row row = {"a2", "RS256", rs256_pem, "joe", "us"};

	(void)state;
	verifies(&row, RS256_TEXT, RS256_SIGNATURE);
}

static void
es256_example(void **state)
{
	const struct jwt_row row = {"a3", "ES256", es256_pem, "joe", "us"};

	(void)state;
	verifies(&row, ES256_TEXT, ES256_SIGNATURE);
}

/* r and s of 0: the "psychic signature" that some libraries take. */
static void
empty_numbers_do_not_sign(void **state)
{
	const struct jwt_row row = {"a3", "ES256", es256_pem, "joe", "us"};
	uint8_t zero[64] = {0}, ones[64];
	size_t refused;
	struct jwt_keys *keys = jwt_keys_new(&row, 1, &refused);
	const struct jwt_key *key = jwt_keys_find(keys, "a3");

	(void)state;
	memset(ones, 0xff, sizeof(ones));
	assert_false(jwt_keys_is_signed(
	    key, ES256_TEXT, strlen(ES256_TEXT), zero, sizeof(zero)));
	assert_false(jwt_keys_is_signed(
	    key, ES256_TEXT, strlen(ES256_TEXT), ones, sizeof(ones)));
	jwt_keys_free(keys);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(rs256_example),
	    cmocka_unit_test(es256_example),
	    cmocka_unit_test(empty_numbers_do_not_sign),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
