/*
 * Heads of answers, and the language they speak.
 *
 * SPDX-License-Identifier: ISC
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "call/call.h"
#include "http/headers.h"
#include "http/language.h"

static const char *
head(struct buf *out, const struct headers *headers)
{
	buf_reset(out);
	assert_int_equal(headers_write(out, headers), OK);
	buf_byte(out, '\0');
	return (const char *)out->data;
}

static void
every_kind_is_fenced(void **state)
{
	static const char *const always[] = {"strict-transport-security: ",
	    "x-content-type-options: nosniff", "referrer-policy: no-referrer",
	    "cross-origin-opener-policy: same-origin",
	    "cross-origin-resource-policy: same-origin", "permissions-policy: ",
	    "content-security-policy: default-src "
	    "'none'",
	    "x-frame-options: DENY", "date: now"};
	const enum headers_kind kinds[] = {
	    HEADERS_API, HEADERS_PHOTO, HEADERS_CLIENT};
	struct headers headers = {.status = 200, .date = "now"};
	struct buf out;
	size_t i, n;

	(void)state;
	buf_init(&out, 8192);
	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		headers.kind = kinds[i];
		for (n = 0; n < sizeof(always) / sizeof(always[0]); n++)
			assert_non_null(
			    strstr(head(&out, &headers), always[n]));
	}
	headers.kind = HEADERS_PHOTO;
	assert_non_null(strstr(head(&out, &headers), "'none'; sandbox\r\n"));
	headers.kind = HEADERS_CLIENT;
	assert_non_null(
	    strstr(head(&out, &headers), "require-trusted-types-for 'script'"));
	buf_clear(&out);
}

static void
an_answer_says_what_it_has(void **state)
{
	const struct headers headers = {.status = 201,
	    .media_type = "application/json",
	    .confidentiality = "private",
	    .cache_control = "no-store",
	    .etag = "\"3\"",
	    .location = "/api/v1/reports/1",
	    .cookie = "a=b; Path=/",
	    .varies_by_language = true,
	    .is_replayed = true,
	    .closes = true,
	    .retry_after = 7,
	    .body_len = 12};
	static const char *const lines[] = {"HTTP/1.1 201 Created\r\n",
	    "\r\ncontent-type: application/json\r\n",
	    "\r\nx-confidentiality: private\r\n",
	    "\r\ncache-control: no-store\r\n", "\r\netag: \"3\"\r\n",
	    "\r\nlocation: /api/v1/reports/1\r\n",
	    "\r\nset-cookie: a=b; Path=/\r\n", "\r\nvary: Accept-Language\r\n",
	    "\r\nidempotency-replayed: true\r\n", "\r\nconnection: close\r\n",
	    "\r\nretry-after: 7\r\n", "\r\ncontent-length: 12\r\n\r\n"};
	struct buf out;
	size_t i;

	(void)state;
	buf_init(&out, 8192);
	for (i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		assert_non_null(strstr(head(&out, &headers), lines[i]));
	buf_clear(&out);
}

static void
some_answers_have_no_length(void **state)
{
	struct headers headers = {.status = 304, .body_len = 5};
	struct buf out;

	(void)state;
	buf_init(&out, 8192);
	assert_null(strstr(head(&out, &headers), "content-length"));
	headers.status = 204;
	headers.allow = 1u << METHOD_GET | 1u << METHOD_POST;
	assert_null(strstr(head(&out, &headers), "content-length"));
	assert_non_null(strstr(
	    head(&out, &headers), "\r\nallow: GET, HEAD, POST, OPTIONS\r\n"));
	headers.status = 401;
	headers.is_old = true;
	assert_non_null(strstr(head(&out, &headers), "HTTP/1.0 401 "));
	assert_non_null(
	    strstr(head(&out, &headers), "\r\nwww-authenticate: Bearer\r\n"));
	buf_clear(&out);
}

static void
no_value_starts_a_header(void **state)
{
	static const char *const bad[] = {
	    "a\r\nb: c", "a\nb", "a\rb", "a\tb", "a\x7f"};
	struct headers headers = {.status = 200};
	struct buf out;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		buf_init(&out, 8192);
		headers.location = bad[i];
		assert_int_equal(headers_write(&out, &headers), ERR_BROKEN);
		headers.location = NULL;
		headers.cookie = bad[i];
		buf_reset(&out);
		assert_int_equal(headers_write(&out, &headers), ERR_BROKEN);
		headers.cookie = NULL;
		buf_clear(&out);
	}
}

static void
every_problem_has_a_reason(void **state)
{
	int err;

	(void)state;
	for (err = OK; err < ERR__COUNT; err++)
		assert_string_not_equal(
		    headers_reason(err_status((enum err)err)), "Unknown");
}

static void
the_language_is_chosen(void **state)
{
	static const struct {
		enum lang lang;
		const char *wish;
	} wishes[] = {
	    {LANG_EN, ""},
	    {LANG_EN, "en"},
	    {LANG_ID, "id"},
	    {LANG_ID, "ID"},
	    {LANG_ID, "id-ID"},
	    {LANG_ID, "id-ID,id;q=0.9,en-US;q=0.8,en;q=0.7"},
	    {LANG_EN, "en-US,en;q=0.9,id;q=0.8"},
	    {LANG_ID, "en;q=0.5, id"},
	    {LANG_ID, "en;q=0.5,id;q=0.6"},
	    {LANG_EN, "id;q=0"},
	    {LANG_EN, "id;q=0.0,de"},
	    {LANG_ID, "de, id;q=0.1"},
	    {LANG_EN, "idx"},
	    {LANG_EN, "*"},
	    {LANG_EN, "de"},
	    {LANG_EN, ",,"},
	    {LANG_ID, "id;q=1.0,en;q=0.999"},
	    {LANG_ID, "id , en"},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(wishes) / sizeof(wishes[0]); i++) {
		if (language_choose(wishes[i].wish, strlen(wishes[i].wish)) !=
		    wishes[i].lang)
			print_error("wish %s", wishes[i].wish);
		assert_int_equal(
		    language_choose(wishes[i].wish, strlen(wishes[i].wish)),
		    wishes[i].lang);
	}
	assert_int_equal(language_choose(NULL, 0), LANG_EN);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_kind_is_fenced),
	    cmocka_unit_test(an_answer_says_what_it_has),
	    cmocka_unit_test(some_answers_have_no_length),
	    cmocka_unit_test(no_value_starts_a_header),
	    cmocka_unit_test(every_problem_has_a_reason),
	    cmocka_unit_test(the_language_is_chosen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
