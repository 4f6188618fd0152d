/*
 * Tokens: raw bytes never pass; a header and claims of any bytes, signed for
 * real, pass only when a second, simple reading agrees with every rule.
 *
 * SPDX-License-Identifier: ISC
 */
#include <cjson/cJSON.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "../20-unit/jwt_maker.h"
#include "auth/jwt.h"
#include "core/json.h"

#define NOW_S    INT64_C(1795507572)
#define PART_MAX ((size_t)1400)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static struct maker maker;

static struct jwt_verifier *
the_verifier(void)
{
	static struct jwt_verifier *verifier;

	if (verifier == NULL) {
		maker = maker_of(EVP_EC_gen("P-256"));
		verifier = jwt_verifier_new();
		must(jwt_verifier_load(verifier,
			 &(struct jwt_row){
			     "k", "ES256", maker.public_pem, "i", "a"},
			 1) == 0,
		    "the test key is good");
	}
	return verifier;
}

/* Whole seconds spelled with digits only. */
static bool
seconds(double *out, const cJSON *claims, const char *name)
{
	const cJSON *item = cJSON_GetObjectItemCaseSensitive(claims, name);

	if (!cJSON_IsNumber(item) ||
	    floor(item->valuedouble) != item->valuedouble ||
	    item->valuedouble < 1)
		return false;
	*out = item->valuedouble;
	return true;
}

static bool
is_text(const cJSON *object, const char *name, const char *expected)
{
	const char *text = cJSON_GetStringValue(
	    cJSON_GetObjectItemCaseSensitive(object, name));

	return text != NULL && strcmp(text, expected) == 0;
}

static bool
is_for_us(const cJSON *claims)
{
	const cJSON *list = cJSON_GetObjectItemCaseSensitive(claims, "aud");
	const cJSON *item;

	if (is_text(claims, "aud", "a"))
		return true;
	if (!cJSON_IsArray(list))
		return false;
	cJSON_ArrayForEach(item, list)
	{
		if (cJSON_IsString(item) && strcmp(item->valuestring, "a") == 0)
			return true;
	}
	return false;
}

/* What must hold of a token that passed. */
static void
passed_check(const char *header_text, const char *claims_text)
{
	cJSON *header = NULL, *claims = NULL;
	double issued, expires, not_before;

	must(json_parse(&header, header_text, strlen(header_text)) == OK,
	    "the header is strict JSON");
	must(json_parse(&claims, claims_text, strlen(claims_text)) == OK,
	    "the claims are strict JSON");
	must(is_text(header, "alg", "ES256") && is_text(header, "kid", "k"),
	    "algorithm and key are the registered ones");
	must(!cJSON_HasObjectItem(header, "crit") &&
		!cJSON_HasObjectItem(header, "jwk") &&
		!cJSON_HasObjectItem(header, "jku") &&
		!cJSON_HasObjectItem(header, "x5c") &&
		!cJSON_HasObjectItem(header, "x5u") &&
		!cJSON_HasObjectItem(header, "b64") &&
		!cJSON_HasObjectItem(header, "zip"),
	    "nothing in the header brings other rules");
	must(is_text(claims, "iss", "i") && is_for_us(claims),
	    "issuer and audience are right");
	must(
	    seconds(&issued, claims, "iat") && seconds(&expires, claims, "exp"),
	    "times are whole seconds");
	must(expires > issued && expires - issued <= JWT_LIFE_MAX_S,
	    "a token lives 15 minutes at most");
	must((double)NOW_S < expires + JWT_SKEW_S &&
		(double)NOW_S >= issued - JWT_SKEW_S,
	    "a token is good now");
	if (cJSON_GetObjectItemCaseSensitive(claims, "nbf") != NULL) {
		must(seconds(&not_before, claims, "nbf") &&
			(double)NOW_S >= not_before - JWT_SKEW_S,
		    "a token is good already");
	}
	cJSON_Delete(header);
	cJSON_Delete(claims);
}

static enum jwt_verdict
verify(const char *token, size_t len)
{
	char kid[JWT_KID_MAX + 1];

	return jwt_verify(kid, the_verifier(), token, len, NOW_S * 1000);
}

/* data up to the first NUL is the header, the rest the claims. */
static void
signed_check(const uint8_t *data, size_t len)
{
	static char token[MAKER_TOKEN_SIZE];
	char header[PART_MAX + 1] = {0}, claims[PART_MAX + 1] = {0};
	const uint8_t *nul = memchr(data, 0, len);
	size_t header_len = nul == NULL ? 0 : (size_t)(nul - data);
	size_t claims_len = nul == NULL ? len : len - header_len - 1;

	if (header_len > PART_MAX || claims_len > PART_MAX)
		return;
	memcpy(header, data, header_len);
	memcpy(claims, data + len - claims_len, claims_len);
	/* Without a header of its own a good one, to get to the claims. */
	maker_token(token, &maker,
	    nul == NULL ? "{\"alg\":\"ES256\",\"kid\":\"k\"}" : header, claims);
	if (verify(token, strlen(token)) == JWT_VALID)
		passed_check(
		    nul == NULL ? "{\"alg\":\"ES256\",\"kid\":\"k\"}" : header,
		    claims);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	must(verify((const char *)data, len) != JWT_VALID,
	    "bytes without a signature never pass");
	signed_check(data, len);
	return 0;
}
