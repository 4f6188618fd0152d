/*
 * The JSON of a step: what goes on to the database, and what never does.
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

#include "core/json.h"
#include "event/step.h"

static struct call call;

/* What the database gets for this body; NULL when it has faults. */
static const char *
document(enum reader reader, const char *text)
{
	struct step step;
	struct input body;

	memset(&call, 0, sizeof(call));
	call_init(&call);
	call.arena = arena_new();
	call.viewer.reader = reader;
	assert_int_equal(json_parse(&call.body, text, strlen(text)), OK);
	body = input_body(&call);
	step_read(&step, &body, NULL);
	return input_is_good(&body) ? step.body : NULL;
}

static void
done(void)
{
	call_drop(&call);
	arena_free(call.arena);
}

static void
members_go_on_under_their_names(void **state)
{
	(void)state;
	assert_string_equal(document(READER_OFFICER,
				"{\"type\":\"follow_up\",\"stars\":5,"
				"\"text\":\"a\\\"b\",\"note\":null,"
				"\"captured_at\":\"2026-11-24T15:06:12+07:00\","
				"\"location\":{\"lng\":106.5,\"lat\":-6.25}}"),
	    "{\"text\":\"a\\\"b\",\"captured_at\":\"2026-11-24T08:06:12Z\","
	    "\"location\":{\"lat\":-6.25,\"lng\":106.5},\"stars\":5}");
	done();
	assert_string_equal(
	    document(READER_TRIAGE,
		"{\"type\":\"merge\",\"into\":\"JK2611240001\"}"),
	    "{\"into\":\"JK2611240001\"}");
	done();
	assert_string_equal(
	    document(READER_OFFICER, "{\"type\":\"take\"}"), "{}");
	done();
}

static void
words_of_a_channel_are_masked(void **state)
{
	static const char *const members[] = {"text", "note", "reason"};
	char body[128], wanted[128];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
		(void)snprintf(body, sizeof(body),
		    "{\"type\":\"answer\",\"%s\":\"hp 0812-3456-7890\"}",
		    members[i]);
		(void)snprintf(wanted, sizeof(wanted),
		    "{\"%s\":\"hp [telepon]\"}", members[i]);
		assert_string_equal(document(READER_CHANNEL, body), wanted);
		done();
	}
	assert_string_equal(
	    document(READER_OFFICER,
		"{\"type\":\"note\",\"note\":\"hp 0812-3456-7890\"}"),
	    "{\"note\":\"hp 0812-3456-7890\"}");
	done();
}

static void
a_description_is_masked_whoever_wrote_it(void **state)
{
	(void)state;
	assert_string_equal(document(READER_TRIAGE,
				"{\"type\":\"split\",\"description\":"
				"\"hp 0812-3456-7890 mobil B 1234 XYZ\"}"),
	    "{\"description\":\"hp [telepon] mobil B 1234 XYZ\","
	    "\"description_public\":\"hp [telepon] mobil [plat]\"}");
	done();
}

static void
faults_name_their_place(void **state)
{
	static const struct {
		const char *body;
		const char *pointer;
		const char *code;
	} wrong[] = {
	    {"{\"type\":\"x\"}", "/type", "unknown"},
	    {"{}", "/type", "required"},
	    {"{\"type\":\"take\",\"x\":1}", "", "unknown_member"},
	    {"{\"type\":\"take\",\"items\":[]}", "", "unknown_member"},
	    {"{\"type\":\"take\",\"description_public\":\"x\"}", "",
		"unknown_member"},
	    {"{\"type\":\"take\",\"unit\":\"x\"}", "/unit", "unknown"},
	    {"{\"type\":\"take\",\"officer\":1}", "/officer", "type"},
	    {"{\"type\":\"take\",\"into\":\"JK1\"}", "/into", "unknown"},
	    {"{\"type\":\"take\",\"stars\":1.5}", "/stars", "type"},
	    {"{\"type\":\"take\",\"stars\":6}", "/stars", "range"},
	    {"{\"type\":\"take\",\"until\":\"x\"}", "/until", "format"},
	    {"{\"type\":\"take\",\"location\":{\"lat\":1}}", "/location/lng",
		"required"},
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		assert_null(document(READER_OFFICER, wrong[i].body));
		assert_int_equal(call.answer.fault_count, 1);
		assert_string_equal(
		    call.answer.fault[0].pointer, wrong[i].pointer);
		assert_string_equal(call.answer.fault[0].code, wrong[i].code);
		done();
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(members_go_on_under_their_names),
	    cmocka_unit_test(words_of_a_channel_are_masked),
	    cmocka_unit_test(a_description_is_masked_whoever_wrote_it),
	    cmocka_unit_test(faults_name_their_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
