/*
 * The guard: what it refuses with which status, what it takes, and what it
 * leaves for Kore to read.
 *
 * SPDX-License-Identifier: ISC
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "kore/guard.h"

#define HOST     "Host: crm.example\r\n"
#define SIZE     4096
#define BODY_MAX 1000

static const struct {
	int status; /* 0: more bytes are needed; 200: taken */
	const char *text;
} trials[] = {
    {200, "GET / HTTP/1.1\r\n" HOST "\r\n"},
    {200, "GET /a?b=c HTTP/1.1\r\n" HOST "\r\n"},
    {200, "GET / HTTP/1.0\r\n" HOST "\r\n"},
    {200, "GET / HTTP/1.1\r\n" HOST "Content-Length: 0\r\n\r\n"},
    {200, "POST / HTTP/1.1\r\n" HOST "Content-Length: 3\r\n\r\nab"},
    {200, "POST / HTTP/1.1\r\n" HOST "content-length:3\r\n\r\nabc"},
    {200, "GET / HTTP/1.1\r\n" HOST "Accept: a\r\nAccept: b\r\n\r\n"},
    {200, "GET / HTTP/1.1\r\n" HOST "X-Empty:\r\n\r\n"},
    {200, "GET / HTTP/1.1\r\n" HOST "X: caf\xc3\xa9\r\n\r\n"},
    {0, ""},
    {0, "GET"},
    {0, "GET / HTTP/1.1\r\n" HOST},
    {0, "GET / HTTP/1.1\n" HOST "\n\n"},
    {400, "\r\nGET / HTTP/1.1\r\n" HOST "\r\n"},
    {400, "GET  / HTTP/1.1\r\n" HOST "\r\n"},
    {400, "GET /\r\n" HOST "\r\n"},
    {400, "GET a HTTP/1.1\r\n" HOST "\r\n"},
    {400, "GET * HTTP/1.1\r\n" HOST "\r\n"},
    {400, "GET http://a/ HTTP/1.1\r\n" HOST "\r\n"},
    {400, "GET /\x01 HTTP/1.1\r\n" HOST "\r\n"},
    {400, "GET /\\ HTTP/1.1\r\n" HOST "\r\n"},
    {400, "GET /a#b HTTP/1.1\r\n" HOST "\r\n"},
    {400, "GET /\xc3\xa9 HTTP/1.1\r\n" HOST "\r\n"},
    {400, "GET / HTTP/1.1\r\n\r\n"},
    {400, "GET / HTTP/1.1\r\n" HOST HOST "\r\n"},
    {400, "GET / HTTP/1.1\r\nHost: a b\r\n\r\n"},
    {400, "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"},
    {400, "GET / HTTP/1.1\r\nHost:\r\n\r\n"},
    {400, "GET / HTTP/1.1\r\nHost: \xc3\xa9\r\n\r\n"},
    {400, "GET / HTTP/1.1\r\nHostess: a\r\n" HOST "\r\n"},
    {400, "GET / HTTP/1.1\r\n" HOST "A : b\r\n\r\n"},
    {400, "GET / HTTP/1.1\r\n" HOST "A: b\r\n c\r\n\r\n"},
    {400, "GET / HTTP/1.1\r\n" HOST "A: b\nB: c\r\n\r\n"},
    {400, "GET / HTTP/1.1\r\n" HOST "A\r\n\r\n"},
    {400, "GET / HTTP/1.1\r\n" HOST ": b\r\n\r\n"},
    {400, "GET / HTTP/1.1\r\n" HOST "Content-Length: 1\r\n\r\n"},
    {400, "DELETE / HTTP/1.1\r\n" HOST "Content-Length: 1\r\n\r\nx"},
    {400, "POST / HTTP/1.1\r\n" HOST "Content-Length: 1\r\n\r\nxx"},
    {400, "GET / HTTP/1.1\r\n" HOST "\r\nGET / HTTP/1.1\r\n" HOST "\r\n"},
    {400, "POST / HTTP/1.1\r\n" HOST "Content-Length: +1\r\n\r\nx"},
    {400, "POST / HTTP/1.1\r\n" HOST "Content-Length: 0x1\r\n\r\nx"},
    {400, "POST / HTTP/1.1\r\n" HOST "Content-Length: -1\r\n\r\nx"},
    {400, "POST / HTTP/1.1\r\n" HOST "Content-Length: 1 1\r\n\r\nx"},
    {400, "POST / HTTP/1.1\r\n" HOST "Content-Length:\r\n\r\nx"},
    {400,
	"POST / HTTP/1.1\r\n" HOST
	"Content-Length: 18446744073709551617\r\n\r\nx"},
    {400,
	"POST / HTTP/1.1\r\n" HOST
	"Content-Length: 1\r\nContent-Length: 1\r\n\r\nx"},
    {400,
	"POST / HTTP/1.1\r\n" HOST
	"Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\nx"},
    {411, "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n"},
    {411, "GET / HTTP/1.1\r\n" HOST "transfer-encoding: gzip\r\n\r\n"},
    {411, "POST / HTTP/1.1\r\n" HOST "\r\n"},
    {411, "PUT / HTTP/1.1\r\n" HOST "\r\n"},
    {413, "POST / HTTP/1.1\r\n" HOST "Content-Length: 1001\r\n\r\n"},
    {417, "POST / HTTP/1.1\r\n" HOST "Expect: x\r\n\r\n"},
    {501, "TRACE / HTTP/1.1\r\n" HOST "\r\n"},
    {501, "CONNECT a:1 HTTP/1.1\r\n" HOST "\r\n"},
    {501, "get / HTTP/1.1\r\n" HOST "\r\n"},
    {505, "GET / HTTP/2.0\r\n" HOST "\r\n"},
    {505, "GET / http/1.1\r\n" HOST "\r\n"},
    {505, "GET / HTTP/1.1 \r\n" HOST "\r\n"},
    {505, "GET / HTTP/1.2\r\n" HOST "\r\n"},
    {505, "DELETE / HTTP/1.0\r\n" HOST "\r\n"},
    {505, "PUT / HTTP/1.0\r\n" HOST "Content-Length: 0\r\n\r\n"},
};

static int
status_of(struct guard_head *head, const char *text)
{
	switch (guard_read(
	    head, (const uint8_t *)text, strlen(text), SIZE, BODY_MAX)) {
	case GUARD_MORE:
		return 0;
	case GUARD_OK:
		return 200;
	case GUARD_REFUSED:
		break;
	}
	return err_status(head->why);
}

static void
heads_get_their_status(void **state)
{
	struct guard_head head;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(trials) / sizeof(trials[0]); i++) {
		if (status_of(&head, trials[i].text) != trials[i].status)
			print_error("head %zu: %s", i, trials[i].text);
		assert_int_equal(
		    status_of(&head, trials[i].text), trials[i].status);
	}
}

static void
what_must_be_single_is_refused_twice(void **state)
{
	static const char *const names[] = {"Host", "Content-Length",
	    "Content-Type", "Authorization", "Cookie", "Origin", "X-CRM",
	    "Idempotency-Key", "If-Match", "Sec-Fetch-Site"};
	struct guard_head head;
	char text[512];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		(void)snprintf(text, sizeof(text),
		    "GET / HTTP/1.1\r\n%s%s: 0\r\nA: b\r\n%s: 0\r\n\r\n",
		    i == 0 ? "" : HOST, names[i], names[i]);
		assert_int_equal(status_of(&head, text), 400);
	}
}

static void
limits_are_kept(void **state)
{
	struct guard_head head;
	char text[SIZE + 1] = "GET / HTTP/1.1\r\n" HOST;
	size_t i, len = strlen(text);

	(void)state;
	memset(text + len, 'a', SIZE - len);
	assert_int_equal(
	    guard_read(&head, (uint8_t *)text, SIZE - 1, SIZE, BODY_MAX),
	    GUARD_MORE);
	assert_int_equal(status_of(&head, text), 431);
	for (i = 0; i < GUARD_HEADERS_MAX; i++)
		memcpy(text + len + 6 * i, "A: b\r\n", 6);
	memcpy(text + len + 6 * i, "\r\n", 3);
	assert_int_equal(status_of(&head, text), 431);
	memset(text, 'a', SIZE);
	memcpy(text, "GET /", 5);
	(void)snprintf(text + 5 + GUARD_TARGET_MAX,
	    sizeof(text) - 5 - GUARD_TARGET_MAX, " HTTP/1.1\r\n" HOST "\r\n");
	assert_int_equal(status_of(&head, text), 414);
	(void)snprintf(text + 4 + GUARD_TARGET_MAX,
	    sizeof(text) - 4 - GUARD_TARGET_MAX, " HTTP/1.1\r\n" HOST "\r\n");
	assert_int_equal(status_of(&head, text), 200);
}

static void
the_head_is_described(void **state)
{
	static const char text[] =
	    "POST /api/x?y=1 HTTP/1.1\r\n" HOST
	    "Content-Type: Multipart/Form-Data; boundary=a\r\n"
	    "Accept-Language: id\r\nExpect: 100-Continue\r\n"
	    "Authorization:  Bearer a.b.c \r\nCookie: d=e\r\n"
	    "Content-Length: 7\r\n\r\nabc";
	static const char value[] = "Bearer a.b.c";
	struct guard_head head;

	(void)state;
	assert_int_equal(status_of(&head, text), 200);
	assert_int_equal(head.body_len, 7);
	assert_int_equal(head.head_len, sizeof(text) - 1 - 3);
	assert_true(head.is_post);
	assert_true(head.has_parts);
	assert_true(head.expects_continue);
	assert_true(head.speaks_indonesian);
	assert_int_equal(head.path_len, strlen("/api/x"));
	assert_memory_equal(text + head.path, "/api/x", head.path_len);
	assert_int_equal(head.authorization_len, sizeof(value) - 1);
	assert_memory_equal(
	    text + head.authorization, value, head.authorization_len);
	assert_true(head.has_cookie);
	assert_int_equal(
	    status_of(&head, "GET / HTTP/1.1\r\n" HOST "Cookie:\r\n\r\n"), 200);
	assert_false(head.has_cookie);
	assert_int_equal(head.authorization_len, 0);
}

static void
only_what_is_read_is_left(void **state)
{
	char text[] =
	    "POST / HTTP/1.1\r\nUser-Agent: x\r\n" HOST
	    "X-A: 1\r\nCookie: a\tb\r\nAccept:\r\nOrigin: o\xc3\xa9\r\n"
	    "Accept-Language: id\r\naccept-language: en\r\n"
	    "Content-Length: 4\r\n\r\nbody";
	static const char left[] =
	    "POST / HTTP/1.1\r\n" HOST "Cookie: a b\r\nOrigin: o  \r\n"
	    "Accept-Language: id\r\n"
	    "Content-Length: 4\r\n\r\nbody";
	struct guard_head head;
	size_t len;

	(void)state;
	assert_int_equal(status_of(&head, text), 200);
	len = guard_compact(&head, (uint8_t *)text, strlen(text));
	assert_int_equal(len, sizeof(left) - 1);
	assert_memory_equal(text, left, len);
	assert_int_equal(head.head_len, len - 4);
}

/* Kore reads 25 lines, the request line among them. */
static void
no_client_makes_kore_drop_a_header(void **state)
{
	struct guard_head head;
	char text[SIZE];
	size_t i, lines = 0, len = 0;

	(void)state;
	len += (size_t)snprintf(text, sizeof(text), "GET / HTTP/1.1\r\n" HOST);
	for (i = 0; i < 40; i++)
		len += (size_t)snprintf(text + len, sizeof(text) - len,
		    "Accept: a\r\nX-%zu: b\r\n" + (i % 2 ? 11 : 0), i);
	len += (size_t)snprintf(
	    text + len, sizeof(text) - len, "Authorization: Bearer x\r\n\r\n");
	assert_int_equal(status_of(&head, text), 200);
	len = guard_compact(&head, (uint8_t *)text, len);
	for (i = 0; i < len; i++)
		lines += text[i] == '\n';
	assert_true(lines <= 24);
	assert_non_null(memmem(text, len, "Authorization: Bearer x", 23));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(heads_get_their_status),
	    cmocka_unit_test(what_must_be_single_is_refused_twice),
	    cmocka_unit_test(limits_are_kept),
	    cmocka_unit_test(the_head_is_described),
	    cmocka_unit_test(only_what_is_read_is_left),
	    cmocka_unit_test(no_client_makes_kore_drop_a_header),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
