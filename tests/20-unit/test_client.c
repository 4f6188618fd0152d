/*
 * Files of the client: what is loaded, chosen and never shown.
 *
 * SPDX-License-Identifier: ISC
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include <sys/stat.h>

#include <ftw.h>
#include <unistd.h>

#include "http/client.h"
#include "http/static_files.h"

static char directory[] = "/tmp/crm-files-XXXXXX";

static void
put(const char *name, const char *text)
{
	char path[256];
	FILE *file;

	(void)snprintf(path, sizeof(path), "%s/%s", directory, name);
	file = fopen(path, "w");
	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static int
setup(void **state)
{
	char path[256];

	(void)state;
	assert_non_null(mkdtemp(directory));
	(void)snprintf(path, sizeof(path), "%s/assets", directory);
	assert_int_equal(mkdir(path, 0700), 0);
	(void)snprintf(path, sizeof(path), "%s/api", directory);
	assert_int_equal(mkdir(path, 0700), 0);
	(void)snprintf(path, sizeof(path), "%s/api/v1", directory);
	assert_int_equal(mkdir(path, 0700), 0);
	put("index.html", "<!doctype html>");
	put("sw.js", "self");
	put("assets/app-1A2B3C4D.js", "long text that packs");
	put("assets/app-1A2B3C4D.js.gz", "packed");
	put("assets/app-1A2B3C4D.js.br", "pack");
	put("assets/app-1A2B3C4D.js.map", "{}");
	put("assets/small.css", "a{}");
	put("assets/small.css.br", "longer than plain");
	(void)snprintf(path, sizeof(path), "%s/docs", directory);
	assert_int_equal(mkdir(path, 0700), 0);
	put("docs/index.html", "<!doctype html><title>docs</title>");
	put("api/v1/openapi.json", "{}");
	put(".env", "secret");
	put("notes", "no ending");
	(void)snprintf(path, sizeof(path), "%s/passwd.txt", directory);
	assert_int_equal(symlink("/etc/passwd", path), 0);
	assert_int_equal(static_files_load(directory), OK);
	return 0;
}

static int
remove_one(
    const char *path, const struct stat *status, int kind, struct FTW *place)
{
	(void)status;
	(void)kind;
	(void)place;
	return remove(path);
}

static int
teardown(void **state)
{
	(void)state;
	assert_int_equal(static_files_load("/nonexistent"), ERR_NOT_FOUND);
	assert_int_equal(static_files_count(), 0);
	return nftw(directory, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static int
answer(struct headers *out, const struct client_request *request)
{
	const uint8_t *body;
	size_t len;
	enum err err = client_open(out, &body, &len, request);

	return err == OK ? out->status : err_status(err);
}

static void
only_the_client_is_shown(void **state)
{
	static const char *const hidden[] = {"/.env", "/notes", "/passwd.txt",
	    "/assets/app-1A2B3C4D.js.map", "/assets/app-1A2B3C4D.js.br",
	    "/assets", "/assets/", "/index.html/", "/nothing"};
	struct client_request request = {.is_get = true};
	struct headers headers;
	size_t i;

	(void)state;
	assert_int_equal(static_files_count(), 6);
	for (i = 0; i < sizeof(hidden) / sizeof(hidden[0]); i++) {
		request.path = hidden[i];
		assert_int_equal(answer(&headers, &request), 404);
	}
	request.path = "/";
	assert_int_equal(answer(&headers, &request), 200);
	assert_string_equal(headers.media_type, "text/html; charset=utf-8");
	assert_string_equal(headers.cache_control, "no-cache");
	request.is_get = false;
	assert_int_equal(answer(&headers, &request), 405);
}

static void
screens_get_the_front_page(void **state)
{
	static const struct {
		int status;
		const char *path;
		const char *accept;
	} trials[] = {
	    {200, "/inbox", "text/html,*/*"},
	    {200, "/a/b/c", "text/html"},
	    {404, "/inbox", "*/*"},
	    {404, "/inbox", NULL},
	    {404, "/a.css", "text/html"},
	    {404, "/api/v1/x", "text/html"},
	    {404, "/api", "text/html"},
	    {404, "/open311/v2/x", "text/html"},
	    {404, "/metrics", "text/html"},
	    {200, "/docs", NULL},
	    {200, "/docs/", "text/html"},
	    {404, "/docs/x", "text/html"},
	    {404, "/docs//", "text/html"},
	    {200, "/apis", "text/html"},
	};
	struct client_request request = {.is_get = true};
	struct headers headers;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(trials) / sizeof(trials[0]); i++) {
		request.path = trials[i].path;
		request.accept = trials[i].accept;
		if (answer(&headers, &request) != trials[i].status)
			print_error("path %s\n", trials[i].path);
		assert_int_equal(answer(&headers, &request), trials[i].status);
	}
}

static void
the_smallest_taken_variant_is_sent(void **state)
{
	static const struct {
		const char *accepts;
		const char *coding; /* NULL: as it is */
	} trials[] = {
	    {NULL, NULL},
	    {"", NULL},
	    {"identity", NULL},
	    {"gzip", "gzip"},
	    {"gzip, deflate, br", "br"},
	    {"br;q=1.0, gzip;q=0.5", "br"},
	    {"br;q=0, gzip", "gzip"},
	    {"br;q=0.0,gzip;q=0.000", NULL},
	    {"br;q=0.001", "br"},
	    {"brotli", NULL},
	    {"x-br", NULL},
	    {"GZIP", "gzip"},
	};
	struct client_request request = {
	    .path = "/assets/app-1A2B3C4D.js", .is_get = true};
	struct headers headers;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(trials) / sizeof(trials[0]); i++) {
		request.accept_encoding = trials[i].accepts;
		assert_int_equal(answer(&headers, &request), 200);
		assert_true(headers.varies_by_encoding);
		assert_string_equal(headers.cache_control,
		    "public, max-age=31536000, immutable");
		if (trials[i].coding == NULL)
			assert_null(headers.encoding);
		else
			assert_string_equal(headers.encoding, trials[i].coding);
	}
	request.path = "/assets/small.css";
	request.accept_encoding = "br";
	assert_int_equal(answer(&headers, &request), 200);
	assert_null(headers.encoding);
}

static void
what_is_known_is_not_sent_again(void **state)
{
	struct client_request request = {.path = "/sw.js", .is_get = true};
	struct headers headers;
	char list[64];

	(void)state;
	assert_int_equal(answer(&headers, &request), 200);
	request.if_none_match = headers.etag;
	assert_int_equal(answer(&headers, &request), 304);
	(void)snprintf(list, sizeof(list), "\"x\", W/%s", headers.etag);
	request.if_none_match = list;
	assert_int_equal(answer(&headers, &request), 304);
	request.if_none_match = "*";
	assert_int_equal(answer(&headers, &request), 304);
	request.if_none_match = "\"x\"";
	assert_int_equal(answer(&headers, &request), 200);
}

static void
the_description_of_the_api_is_an_answer_of_it(void **state)
{
	struct client_request request = {
	    .path = "/api/v1/openapi.json", .is_get = true};
	struct headers headers;

	(void)state;
	assert_int_equal(answer(&headers, &request), 200);
	assert_int_equal(headers.kind, HEADERS_API);
	assert_string_equal(headers.media_type, "application/json");
	assert_string_equal(headers.confidentiality, "public");
	assert_string_equal(headers.cache_control, "no-cache");
	assert_non_null(headers.etag);
	request.is_get = false;
	assert_int_equal(answer(&headers, &request), 405);
	request.path = "/sw.js";
	request.is_get = true;
	assert_int_equal(answer(&headers, &request), 200);
	assert_int_equal(headers.kind, HEADERS_CLIENT);
	assert_null(headers.confidentiality);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(only_the_client_is_shown),
	    cmocka_unit_test(screens_get_the_front_page),
	    cmocka_unit_test(the_smallest_taken_variant_is_sent),
	    cmocka_unit_test(what_is_known_is_not_sent_again),
	    cmocka_unit_test(the_description_of_the_api_is_an_answer_of_it),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
