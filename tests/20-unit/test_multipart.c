/*
 * multipart/form-data: what is read, what is refused and why, and that no
 * body is slow.
 *
 * SPDX-License-Identifier: ISC
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "core/clock.h"
#include "core/heap.h"
#include "http/multipart.h"

#define TYPE "multipart/form-data; boundary=xyz"
#define PART "Content-Disposition: form-data; name=\"report\"\r\n\r\n{}"
#define PHOTO                                                                  \
	"Content-Disposition: form-data; name=\"photo\"; "                     \
	"filename=\"a.jpg\"\r\n"                                               \
	"Content-Type: image/jpeg\r\n\r\nJPEG"
#define LARGE (10u * 1024 * 1024)

#ifdef CRM_SANITIZED
#define SLOWER 20
#else
#define SLOWER 1
#endif

static enum multipart_fault
fault_of(const char *type, const char *body)
{
	struct multipart parts;
	/* Exactly as long as the text, so that a sanitizer sees overreads. */
	size_t len = strlen(body);
	uint8_t *copy = heap_new(len);
	enum err err;

	memcpy(copy, body, len);
	err = multipart_parse(&parts, type, copy, len);
	heap_free(copy);
	assert_int_equal(err,
	    parts.fault == MULTIPART_FINE             ? OK
		: parts.fault == MULTIPART_MEDIA_TYPE ? ERR_MEDIA_TYPE
						      : ERR_MALFORMED);
	assert_non_null(multipart_fault_text(parts.fault));
	return parts.fault;
}

static void
a_report_with_photos_is_read(void **state)
{
	static const char body[] = "--xyz\r\n" PART "\r\n--xyz\r\n" PHOTO
				   "\r\n--xyz\r\n" PHOTO "1\0\r\n-\r\n--xy"
				   "\r\n--xyz--\r\n";
	struct multipart parts;

	(void)state;
	assert_int_equal(multipart_parse(&parts, TYPE, (const uint8_t *)body,
			     sizeof(body) - 1),
	    OK);
	assert_int_equal(parts.count, 3);
	assert_string_equal(parts.part[0].name, "report");
	assert_string_equal(parts.part[0].type, "text/plain");
	assert_int_equal(parts.part[0].len, 2);
	assert_memory_equal(parts.part[0].data, "{}", 2);
	assert_string_equal(parts.part[1].name, "photo");
	assert_string_equal(parts.part[1].type, "image/jpeg");
	assert_int_equal(parts.part[1].len, 4);
	assert_string_equal(parts.part[2].name, "photo");
	assert_int_equal(parts.part[2].len, 15);
	assert_memory_equal(parts.part[2].data, "JPEG1\0\r\n-\r\n--xy", 15);
	assert_true(parts.part[2].data > (const uint8_t *)body &&
	    parts.part[2].data < (const uint8_t *)body + sizeof(body));
}

static void
spellings_of_the_content_type(void **state)
{
	static const struct {
		const char *type;
		enum multipart_fault fault;
	} cases[] = {
	    {"Multipart/Form-Data;BOUNDARY=\"xyz\"", MULTIPART_FINE},
	    {"multipart/form-data ; charset=utf-8 ; boundary=xyz ",
		MULTIPART_FINE},
	    {"multipart/form-data; boundary=xyz;", MULTIPART_FINE},
	    {NULL, MULTIPART_MEDIA_TYPE},
	    {"", MULTIPART_MEDIA_TYPE},
	    {"multipart/mixed; boundary=xyz", MULTIPART_MEDIA_TYPE},
	    {"multipart/form-datas; boundary=xyz", MULTIPART_MEDIA_TYPE},
	    {"application/json", MULTIPART_MEDIA_TYPE},
	    {"multipart/form-data", MULTIPART_BOUNDARY},
	    {"multipart/form-data; boundary", MULTIPART_BOUNDARY},
	    {"multipart/form-data; boundary=", MULTIPART_BOUNDARY},
	    {"multipart/form-data; boundary=\"\"", MULTIPART_BOUNDARY},
	    {"multipart/form-data; boundary=\"xyz", MULTIPART_BOUNDARY},
	    {"multipart/form-data; boundary=\"xyz \"", MULTIPART_BOUNDARY},
	    {"multipart/form-data; boundary=\"x\\yz\"", MULTIPART_BOUNDARY},
	    {"multipart/form-data; boundary=x@z", MULTIPART_BOUNDARY},
	    {"multipart/form-data; boundary=x\x80z", MULTIPART_BOUNDARY},
	    {"multipart/form-data; boundary=xyz; boundary=xyz",
		MULTIPART_BOUNDARY},
	    {"multipart/form-data; boundary=xyz junk", MULTIPART_BOUNDARY},
	    {"multipart/form-data, boundary=xyz", MULTIPART_BOUNDARY},
	    /* 71 characters */
	    {"multipart/form-data; boundary=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
		MULTIPART_BOUNDARY},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(
		    fault_of(cases[i].type, "--xyz\r\n" PART "\r\n--xyz--\r\n"),
		    cases[i].fault);
	}
}

static void
a_boundary_may_have_seventy_characters_and_spaces(void **state)
{
	char type[160], body[300];
	char boundary[71];

	(void)state;
	memset(boundary, '\'', sizeof(boundary));
	memcpy(boundary + 10, "a b,c(d)+_-./:=?", 16);
	boundary[70] = '\0';
	(void)snprintf(type, sizeof(type),
	    "multipart/form-data; boundary=\"%s\"", boundary);
	(void)snprintf(body, sizeof(body), "--%s\r\n%s\r\n--%s--", boundary,
	    PART, boundary);
	assert_int_equal(fault_of(type, body), MULTIPART_FINE);
}

static const struct {
	const char *body;
	enum multipart_fault fault;
} bodies[] = {
    {"--xyz--", MULTIPART_FINE},
    {"\r\n--xyz\r\n" PART "\r\n--xyz--", MULTIPART_FINE},
    {"--xyz \t\r\n" PART "\r\n--xyz-- \r\n", MULTIPART_FINE},
    {"", MULTIPART_START},
    {"--xy", MULTIPART_START},
    {"preamble\r\n--xyz\r\n" PART "\r\n--xyz--", MULTIPART_START},
    {"--xyz", MULTIPART_UNCLOSED},
    {"--xyz\r\n", MULTIPART_UNCLOSED},
    {"--xyz\r\n" PART, MULTIPART_UNCLOSED},
    {"--xyz\r\n" PART "\r\n--xyz", MULTIPART_UNCLOSED},
    {"--xyz\r\n" PART "\n--xyz--", MULTIPART_UNCLOSED},
    {"--xyz\n" PART "\r\n--xyz--", MULTIPART_DELIMITER},
    {"--xyz\r\n" PART "\r\n--xyzz\r\n" PHOTO "\r\n--xyz--",
	MULTIPART_DELIMITER},
    {"--xyz\r\n" PART "\r\n--xyz-\r\n--xyz--", MULTIPART_DELIMITER},
    {"--xyz\r\n" PART "\r\n--xyz--\r\nepilogue", MULTIPART_TRAILER},
    {"--xyz\r\n" PART "\r\n--xyz--\r\n\r\n", MULTIPART_TRAILER},
    {"--xyz\r\n" PART "\r\n--xyz--\r\n--xyz\r\n", MULTIPART_TRAILER},
    {"--xyz\r\n--xyz--", MULTIPART_HEADER},
    {"--xyz\r\n" PART "\r\n--xyz\r\n--xyz--", MULTIPART_HEADER},
    {"--xyz\r\n\r\n{}\r\n--xyz--", MULTIPART_NAME},
    {"--xyz\r\nno colon\r\n\r\n{}\r\n--xyz--", MULTIPART_HEADER},
    {"--xyz\r\n: empty\r\n\r\n{}\r\n--xyz--", MULTIPART_HEADER},
    {"--xyz\r\nX : y\r\n\r\n{}\r\n--xyz--", MULTIPART_HEADER},
    {"--xyz\r\nX: a\x01\r\n\r\n{}\r\n--xyz--", MULTIPART_HEADER},
    {"--xyz\r\nX: a\r\n folded\r\n\r\n{}\r\n--xyz--", MULTIPART_HEADER},
    {"--xyz\r\nX: bare\nY: lf\r\n\r\n{}\r\n--xyz--", MULTIPART_HEADER},
    {"--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\n--xyz--",
	MULTIPART_HEADER},
    {"--xyz\r\nContent-Type: text/plain\r\n" PART "\r\n--xyz--",
	MULTIPART_FINE},
    {"--xyz\r\nContent-Type: text\r\n" PART "\r\n--xyz--", MULTIPART_HEADER},
    {"--xyz\r\nContent-Type: a/b\r\nContent-Type: a/b\r\n" PART "\r\n--xyz--",
	MULTIPART_HEADER},
    {"--xyz\r\nContent-Disposition: form-data; name=a\r\n" PART "\r\n--xyz--",
	MULTIPART_HEADER},
    {"--xyz\r\nContent-Disposition: attachment; name=a\r\n\r\n"
     "\r\n--xyz--",
	MULTIPART_HEADER},
    {"--xyz\r\nContent-Disposition: form-data\r\n\r\n\r\n--xyz--",
	MULTIPART_NAME},
    {"--xyz\r\nContent-Disposition: form-data; name=\"\"\r\n\r\n"
     "\r\n--xyz--",
	MULTIPART_NAME},
    {"--xyz\r\nContent-Disposition: form-data; name=\"a b\"\r\n\r\n"
     "\r\n--xyz--",
	MULTIPART_NAME},
    {"--xyz\r\nContent-Disposition: form-data; name=a; name=b\r\n\r\n"
     "\r\n--xyz--",
	MULTIPART_NAME},
    {"--xyz\r\nContent-Disposition: form-data; name=\"a\r\n\r\n"
     "\r\n--xyz--",
	MULTIPART_HEADER},
    {"--xyz\r\nContent-Disposition: form-data; "
     "name=abcdefghijklmnopqrstuvwxyz1234567890abcdefghijklmnopqrstuvwxyz12"
     "3\r\n\r\n\r\n--xyz--",
	MULTIPART_NAME},
    {"--xyz\r\nContent-Transfer-Encoding: base64\r\n" PART "\r\n--xyz--",
	MULTIPART_ENCODING},
    {"--xyz\r\nContent-Transfer-Encoding: binary\r\n" PART "\r\n--xyz--",
	MULTIPART_FINE},
    {"--xyz\r\n" PART "\r\n--xyz\r\n" PART "\r\n--xyz--", MULTIPART_DUPLICATE},
    {"--xyz\r\n" PHOTO "\r\n--xyz\r\n" PHOTO "\r\n--xyz\r\n" PHOTO
     "\r\n--xyz\r\n" PHOTO "\r\n--xyz\r\n" PHOTO "\r\n--xyz\r\n" PHOTO
     "\r\n--xyz--",
	MULTIPART_FINE},
    {"--xyz\r\n" PHOTO "\r\n--xyz\r\n" PHOTO "\r\n--xyz\r\n" PHOTO
     "\r\n--xyz\r\n" PHOTO "\r\n--xyz\r\n" PHOTO "\r\n--xyz\r\n" PHOTO
     "\r\n--xyz\r\n" PHOTO "\r\n--xyz--",
	MULTIPART_TOO_MANY},
};

static void
what_is_wrong_is_said(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++) {
		enum multipart_fault fault = fault_of(TYPE, bodies[i].body);

		if (fault != bodies[i].fault) {
			fail_msg("case %zu: %s, not %s", i,
			    multipart_fault_text(fault),
			    multipart_fault_text(bodies[i].fault));
		}
	}
}

static void
file_names_may_be_anything_and_are_nowhere(void **state)
{
	static const char *const names[] = {"a.jpg", "", "../../etc/passwd",
	    "quote \\\" and ; name=\\\"x", "nama Budi 3175000000000001.jpg",
	    "\xe6\x96\x87.jpg", "a; b=c"};

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct multipart parts;
		char body[512];
		int len = snprintf(body, sizeof(body),
		    "--xyz\r\nContent-Disposition: form-data; "
		    "filename=\"%s\"; filename*=UTF-8''x%%20y; name=photo\r\n"
		    "\r\nJPEG\r\n--xyz--",
		    names[i]);

		assert_int_equal(multipart_parse(&parts, TYPE,
				     (const uint8_t *)body, (size_t)len),
		    OK);
		assert_int_equal(parts.count, 1);
		assert_string_equal(parts.part[0].name, "photo");
		assert_memory_equal(parts.part[0].data, "JPEG", 4);
		assert_int_equal(parts.part[0].len, 4);
	}
}

static void
large_headers_are_refused(void **state)
{
	char *body = heap_new(8192);
	size_t len = 0;

	(void)state;
	len += (size_t)snprintf(body, 8192, "--xyz\r\nX: ");
	memset(body + len, 'a', 4000);
	(void)snprintf(body + len + 4000, 256, "\r\n" PART "\r\n--xyz--");
	assert_int_equal(fault_of(TYPE, body), MULTIPART_HEADERS_LARGE);
	len = (size_t)snprintf(body, 8192, "--xyz\r\n");
	for (int i = 0; i < 40; i++) {
		len += (size_t)snprintf(body + len, 8192 - len, "X: y\r\n");
	}
	(void)snprintf(body + len, 8192 - len, PART "\r\n--xyz--");
	assert_int_equal(fault_of(TYPE, body), MULTIPART_HEADERS_LARGE);
	heap_free(body);
}

static void
every_truncation_is_refused(void **state)
{
	static const char body[] =
	    "--xyz\r\n" PART "\r\n--xyz\r\n" PHOTO "\r\n--xyz--";

	(void)state;
	for (size_t len = 0; len < sizeof(body) - 1; len++) {
		char *cut = heap_text(body, len);

		assert_int_not_equal(fault_of(TYPE, cut), MULTIPART_FINE);
		heap_free(cut);
	}
}

/* Fills a photo with a pattern and measures; the parser sees 10 MB of it. */
static void
assert_fast(const char *type, const char *boundary, const char *pattern,
    size_t pattern_len)
{
	uint8_t *body = heap_new(LARGE);
	int64_t since, spent;
	struct multipart parts;
	size_t len;
	enum err err;

	len = (size_t)snprintf(
	    (char *)body, LARGE, "--%s\r\n%s", boundary, PHOTO);
	for (; len < LARGE - 200; len += pattern_len) {
		memcpy(body + len, pattern, pattern_len);
	}
	len += (size_t)snprintf(
	    (char *)body + len, LARGE - len, "\r\n--%s--", boundary);
	since = clock_mono_ms();
	err = multipart_parse(&parts, type, body, len);
	spent = clock_mono_ms() - since;
	assert_int_equal(err, OK);
	assert_int_equal(parts.count, 1);
	if (spent >= 50 * SLOWER) {
		fail_msg("%.8s…: %lld ms", pattern, (long long)spent);
	}
	heap_free(body);
}

static void
no_body_is_slow(void **state)
{
	static const char long_type[] =
	    "multipart/form-data; boundary="
	    "--------------------------------------------------------------x";
	const char *dashes = strchr(long_type, '=') + 1;
	char near[128];
	int near_len = snprintf(
	    near, sizeof(near), "\r\n--%.*s", (int)strlen(dashes) - 1, dashes);

	(void)state;
	assert_fast(long_type, dashes, "-", 1);
	assert_fast(long_type, dashes, "\0", 1);
	assert_fast(long_type, dashes, "\r", 1);
	assert_fast(long_type, dashes, "\n", 1);
	assert_fast(long_type, dashes, "\r\n", 2);
	assert_fast(long_type, dashes, "\r\n-", 3);
	assert_fast(long_type, dashes, "\r\n--", 4);
	assert_fast(long_type, dashes, "\r\r\n-", 4);
	assert_fast(long_type, dashes, near, (size_t)near_len);
	assert_fast(TYPE, "xyz", "\r\n--xy", 6);
	assert_fast(TYPE, "xyz", "\r-", 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_report_with_photos_is_read),
	    cmocka_unit_test(spellings_of_the_content_type),
	    cmocka_unit_test(a_boundary_may_have_seventy_characters_and_spaces),
	    cmocka_unit_test(what_is_wrong_is_said),
	    cmocka_unit_test(file_names_may_be_anything_and_are_nowhere),
	    cmocka_unit_test(large_headers_are_refused),
	    cmocka_unit_test(every_truncation_is_refused),
	    cmocka_unit_test(no_body_is_slow),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
