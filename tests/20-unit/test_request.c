/*
 * Requests: who asks, from where, with which body, before any handler runs.
 *
 * SPDX-License-Identifier: ISC
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "call/service.h"
#include "http/request.h"

#define COOKIE "__Host-crm=abcdefghijklmnopqrstuvwxyz0123456789"
#define JSON   "application/json"

static struct service service;
static struct jwt_verifier *verifier;

static const struct route open_row = {
    METHOD_POST, "/s", 0, BODY_JSON, NULL, "s", NULL, NULL};
static const struct route staff_row = {
    METHOD_GET, "/r", VIEWER_STAFF, BODY_NONE, NULL, "r", NULL, NULL};
static const struct route write_row = {METHOD_POST, "/w",
    VIEWER_WORK | VIEWER_CHANNEL, BODY_PARTS, "event", "w", NULL, NULL};
static const struct route channel_row = {
    METHOD_POST, "/c", VIEWER_CHANNEL, BODY_PARTS, "report", "c", NULL, NULL};

static void
begin(struct call *call, const struct route *route)
{
	memset(call, 0, sizeof(*call));
	call_init(call);
	call->arena = arena_new();
	call->service = &service;
	call->route = route;
}

static void
end(struct call *call)
{
	call_drop(call);
	arena_free(call->arena);
}

/* Status of the first of the three that fails, 200 when none does. */
static int
run(const struct route *route, struct request *request)
{
	bool unknown_key;
	struct call call;
	enum err err;

	request->method = route->method;
	request->host = "crm.example:8443";
	begin(&call, route);
	err = request_read(&call, request);
	if (err == OK)
		err = request_viewer(&call, request, verifier, 0, &unknown_key);
	if (err == OK)
		err = request_body(&call, request);
	end(&call);
	return err_status(err);
}

static void
readers_need_a_session(void **state)
{
	struct request none = {0}, good = {.cookie = COOKIE},
		       other = {.cookie =
				    "a=b; __Host-crm2=abcdefghijklmnopqr"},
		       among = {.cookie = "a=b; " COOKIE "; c=d"},
		       twice = {.cookie = COOKIE "; " COOKIE},
		       odd = {.cookie = "__Host-crm=abc/def+abcdefghijklm"},
		       brief = {.cookie = "__Host-crm=abc"},
		       both = {.cookie = COOKIE, .authorization = "Bearer a"},
		       basic = {.authorization = "Basic YQ=="};

	(void)state;
	assert_int_equal(run(&staff_row, &none), 401);
	assert_int_equal(run(&staff_row, &good), 200);
	assert_int_equal(run(&staff_row, &other), 401);
	assert_int_equal(run(&staff_row, &among), 200);
	assert_int_equal(run(&staff_row, &twice), 400);
	assert_int_equal(run(&staff_row, &odd), 401);
	assert_int_equal(run(&staff_row, &brief), 401);
	assert_int_equal(run(&staff_row, &both), 400);
	assert_int_equal(run(&staff_row, &basic), 401);
	assert_int_equal(run(&channel_row, &good), 403);
}

static void
writes_come_from_our_own_pages(void **state)
{
	static const struct {
		int status;
		const char *x_crm;
		const char *origin;
		const char *site;
	} trials[] = {
	    {403, NULL, NULL, NULL},
	    {403, "0", NULL, NULL},
	    {403, NULL, "https://crm.example:8443", "same-origin"},
	    {403, "1", "https://evil.example", NULL},
	    {403, "1", "https://crm.example", NULL},
	    {403, "1", "http://crm.example:8443", NULL},
	    {403, "1", "https://crm.example:8443.evil", NULL},
	    {403, "1", "null", NULL},
	    {403, "1", NULL, "same-site"},
	    {403, "1", NULL, "cross-site"},
	    {403, "1", "https://crm.example:8443", "none"},
	    {200, "1", NULL, NULL},
	    {200, "1", "https://crm.example:8443", NULL},
	    {200, "1", "https://CRM.example:8443", "same-origin"},
	};
	struct request request;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(trials) / sizeof(trials[0]); i++) {
		memset(&request, 0, sizeof(request));
		request.cookie = COOKIE;
		request.x_crm = trials[i].x_crm;
		request.origin = trials[i].origin;
		request.fetch_site = trials[i].site;
		request.content_type = JSON;
		request.body = (const uint8_t *)"{}";
		request.body_len = 2;
		if (run(&write_row, &request) != trials[i].status)
			print_error("trial %zu\n", i);
		assert_int_equal(run(&write_row, &request), trials[i].status);
	}
	memset(&request, 0, sizeof(request));
	request.origin = "https://evil.example";
	assert_int_equal(run(&open_row, &request), 403);
}

static void
an_unknown_key_is_told_apart(void **state)
{
	/* {"alg":"ES256","kid":"k"} {} and 64 bytes that are no signature */
	static const char token[] =
	    "Bearer eyJhbGciOiJFUzI1NiIsImtpZCI6ImsifQ.e30.AAAAAAAAAAAAAAAA"
	    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
	    "AAAAAAAA";
	struct request request = {.authorization = token};
	bool unknown_key = false;
	struct call call;

	(void)state;
	begin(&call, &write_row);
	assert_int_equal(
	    request_viewer(&call, &request, verifier, 0, &unknown_key),
	    ERR_UNAUTHENTICATED);
	assert_true(unknown_key);
	request.authorization = "Bearer a.b.c";
	assert_int_equal(
	    request_viewer(&call, &request, verifier, 0, &unknown_key),
	    ERR_UNAUTHENTICATED);
	assert_false(unknown_key);
	end(&call);
}

static int
run_body(const char *type, const char *body)
{
	struct request request = {.cookie = COOKIE,
	    .x_crm = "1",
	    .content_type = type,
	    .body = (const uint8_t *)body,
	    .body_len = strlen(body)};

	return run(&write_row, &request);
}

static void
bodies_are_what_the_route_takes(void **state)
{
	static const char parts[] =
	    "--b\r\nContent-Disposition: form-data; name=\"event\"\r\n"
	    "Content-Type: application/json\r\n\r\n{}\r\n"
	    "--b\r\nContent-Disposition: form-data; name=\"photo\"; "
	    "filename=\"x\"\r\nContent-Type: image/jpeg\r\n\r\nx\r\n--b--\r\n";
	static const char alone[] =
	    "--b\r\nContent-Disposition: form-data; name=\"photo\"\r\n\r\nx\r\n"
	    "--b--\r\n";
	static const char stranger[] =
	    "--b\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\nx\r\n"
	    "--b--\r\n";
	struct request none = {.cookie = COOKIE,
	    .x_crm = "1",
	    .body = (const uint8_t *)"x",
	    .body_len = 1};
	struct route nothing = write_row;

	(void)state;
	assert_int_equal(run_body(JSON, "{}"), 200);
	assert_int_equal(
	    run_body("application/json; charset=utf-8", "{}"), 200);
	assert_int_equal(run_body("Application/JSON;charset=UTF-8", "{}"), 200);
	assert_int_equal(
	    run_body("application/json; charset=latin1", "{}"), 415);
	assert_int_equal(run_body("application/jsonp", "{}"), 415);
	assert_int_equal(run_body("text/plain", "{}"), 415);
	assert_int_equal(run_body(NULL, "{}"), 415);
	assert_int_equal(run_body(JSON, ""), 400);
	assert_int_equal(run_body(JSON, "[]"), 400);
	assert_int_equal(run_body(JSON, "{\"a\":1,\"a\":2}"), 400);
	assert_int_equal(
	    run_body("multipart/form-data; boundary=b", parts), 200);
	assert_int_equal(
	    run_body("multipart/form-data; boundary=c", parts), 400);
	assert_int_equal(run_body("multipart/form-data", parts), 400);
	assert_int_equal(
	    run_body("multipart/form-data; boundary=b", alone), 422);
	assert_int_equal(
	    run_body("multipart/form-data; boundary=b", stranger), 400);
	nothing.body = BODY_NONE;
	assert_int_equal(run(&nothing, &none), 415);
}

static void
sources_are_networks(void **state)
{
	static const uint8_t v4[] = {10, 1, 2, 3}, near[] = {10, 1, 2, 9},
			     far[] = {10, 1, 3, 3},
			     mapped[] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff,
				 0xff, 10, 1, 2, 3},
			     v6[] = {0x20, 1, 0xd, 0xb8, 0, 1, 9, 9},
			     v6_near[] = {0x20, 1, 0xd, 0xb8, 0, 1, 8};
	uint8_t six[16] = {0}, six_near[16] = {0};
	struct request request = {.peer = v4, .peer_len = 4};
	struct call a, b;

	(void)state;
	memcpy(six, v6, sizeof(v6));
	memcpy(six_near, v6_near, sizeof(v6_near));
	begin(&a, &staff_row);
	begin(&b, &staff_row);
	assert_int_equal(request_read(&a, &request), OK);
	request.peer = near;
	assert_int_equal(request_read(&b, &request), OK);
	assert_memory_equal(a.source, b.source, sizeof(a.source));
	request.peer = far;
	assert_int_equal(request_read(&b, &request), OK);
	assert_memory_not_equal(a.source, b.source, sizeof(a.source));
	request.peer = mapped;
	request.peer_len = 16;
	assert_int_equal(request_read(&b, &request), OK);
	assert_memory_equal(a.source, b.source, sizeof(a.source));
	request.peer = six;
	assert_int_equal(request_read(&a, &request), OK);
	request.peer = six_near;
	assert_int_equal(request_read(&b, &request), OK);
	assert_memory_equal(a.source, b.source, sizeof(a.source));
	end(&a);
	end(&b);
}

static void
headers_become_fields(void **state)
{
	struct request request = {.if_match = "\"3\"",
	    .idempotency_key = "k",
	    .mobile = "?1",
	    .query = "a=1",
	    .accept_language = "id"};
	struct call call;

	(void)state;
	begin(&call, &staff_row);
	assert_int_equal(request_read(&call, &request), OK);
	assert_string_equal(call.if_match, "\"3\"");
	assert_string_equal(call.idempotency_key, "k");
	assert_true(call.is_phone);
	assert_string_equal(call_query_get(&call, "a"), "1");
	assert_int_equal(request_language(&request), LANG_ID);
	request.query = "a=1&a=2";
	assert_int_equal(request_read(&call, &request), ERR_MALFORMED);
	end(&call);
}

int
main(void)
{
	static const uint8_t root[KEYS_LEN] = {1};
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(readers_need_a_session),
	    cmocka_unit_test(writes_come_from_our_own_pages),
	    cmocka_unit_test(an_unknown_key_is_told_apart),
	    cmocka_unit_test(bodies_are_what_the_route_takes),
	    cmocka_unit_test(sources_are_networks),
	    cmocka_unit_test(headers_become_fields),
	};
	struct keys *keys = keys_new(root);
	int failed;

	service.keys = keys;
	verifier = jwt_verifier_new();
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	jwt_verifier_free(verifier);
	keys_free(keys);
	return failed;
}
