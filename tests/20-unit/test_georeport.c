/*
 * Bodies of Open311 GeoReport v2: the same in JSON and in XML.
 *
 * SPDX-License-Identifier: ISC
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include <string.h>

#include "policy/georeport.h"
#include "policy/problem.h"
#include "policy/xml.h"

#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

static const char *
text_of(struct buf *buf)
{
	buf_byte(buf, '\0');
	assert_false(buf->failed);
	return (const char *)buf->data;
}

static const struct {
	const char *root;
	const char *json;
	const char *xml;
} pairs[] = {
    {"services", "[]", "<services></services>"},
    {"services", "[{\"a\":1},{\"a\":null}]",
	"<services><service><a>1</a></service><service><a></a></service>"
	"</services>"},
    {"service_requests", "[{\"lat\":-6.216,\"open\":true,\"x\":{\"y\":\"z\"}}]",
	"<service_requests><request><lat>-6.216</lat><open>true</open>"
	"<x><y>z</y></x></request></service_requests>"},
    {"errors", "[{\"description\":\"<a href=\\\"x\\\">&amp; \\u00e9\"}]",
	"<errors><error><description>&lt;a href=&quot;x&quot;&gt;&amp;amp; "
	"\xc3\xa9</description></error></errors>"},
    {"errors", "[{\"a\":\"]]>\\n\\t\\u0001\\u001f\xef\xbf\xbe\xef\xbf\xbf!\"}]",
	"<errors><error><a>]]&gt;\n\t??\xef\xbf\xbd\xef\xbf\xbd!</a></error>"
	"</errors>"},
    {"service_definition", "{\"attributes\":[{\"values\":[{\"key\":\"a\"}]}]}",
	"<service_definition><attributes><attribute><values><value>"
	"<key>a</key></value></values></attribute></attributes>"
	"</service_definition>"},
};

static void
json_becomes_xml(void **state)
{
	char wanted[512];
	struct buf out;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		buf_init(&out, 4096);
		xml_of_json(
		    &out, pairs[i].root, pairs[i].json, strlen(pairs[i].json));
		(void)snprintf(
		    wanted, sizeof(wanted), HEAD "%s\n", pairs[i].xml);
		assert_string_equal(text_of(&out), wanted);
		buf_clear(&out);
	}
}

static void
too_much_fails(void **state)
{
	struct buf out;

	(void)state;
	buf_init(&out, 16);
	xml_of_json(&out, "services", "[]", 2);
	assert_true(out.failed);
	buf_clear(&out);
	buf_init(&out, 4096);
	xml_of_json(&out, "services", "[", 1);
	assert_true(out.failed);
	buf_clear(&out);
}

static void
errors_are_lists_of_fixed_texts(void **state)
{
	struct answer answer = {.format = ANSWER_JSON};

	(void)state;
	answer.fault_count = 2;
	(void)snprintf(answer.fault[0].pointer, 64, "?status");
	(void)snprintf(answer.fault[0].code, 64, "unknown");
	(void)snprintf(answer.fault[1].pointer, 64, "/a\"b");
	(void)snprintf(answer.fault[1].code, 64, "required");
	policy_problem(&answer, ERR_INVALID, LANG_EN, "0123");
	assert_int_equal(answer.status, 400);
	assert_string_equal(
	    answer.media_type, "application/json; charset=utf-8");
	assert_string_equal(text_of(&answer.body),
	    "[{\"code\":400,\"description\":"
	    "\"status: There is no such value\"},"
	    "{\"code\":400,\"description\":\"a\\\"b: This is needed\"}]");
	answer.fault_count = 0;
	policy_problem(&answer, ERR_UNAUTHENTICATED, LANG_EN, "0123");
	assert_int_equal(answer.status, 403);
	answer.format = ANSWER_XML;
	policy_problem(&answer, ERR_NOT_FOUND, LANG_EN, "0123");
	assert_string_equal(answer.media_type, "text/xml; charset=utf-8");
	assert_string_equal(text_of(&answer.body),
	    HEAD "<errors><error><code>404</code><description>There is nothing "
		 "here</description></error></errors>\n");
	buf_clear(&answer.body);
}

static void
discovery_has_no_charset(void **state)
{
	struct answer answer = {.format = ANSWER_XML};

	(void)state;
	georeport_discovery(&answer, "localhost:8443");
	assert_string_equal(answer.media_type, "text/xml");
	assert_non_null(strstr(text_of(&answer.body),
	    "<endpoints><endpoint><specification>"
	    "http://wiki.open311.org/GeoReport_v2</specification>"
	    "<url>https://localhost:8443/open311/v2</url>"));
	assert_non_null(strstr(text_of(&answer.body),
	    "<formats><format>text/xml</format>"
	    "<format>application/json</format></formats>"));
	answer.format = ANSWER_JSON;
	georeport_discovery(&answer, "localhost:8443");
	assert_string_equal(answer.media_type, "application/json");
	buf_clear(&answer.body);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(json_becomes_xml),
	    cmocka_unit_test(too_much_fails),
	    cmocka_unit_test(errors_are_lists_of_fixed_texts),
	    cmocka_unit_test(discovery_has_no_charset),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
