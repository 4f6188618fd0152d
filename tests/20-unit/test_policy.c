/*
 * The access tables, problem answers and single values of policy/.
 *
 * SPDX-License-Identifier: ISC
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "policy/policy.h"
#include "policy/problem.h"
#include "policy/write.h"

static const char *
text_of(struct buf *buf)
{
	buf_byte(buf, '\0');
	assert_false(buf->failed);
	return (const char *)buf->data;
}

static void
nobody_reads_an_identity(void **state)
{
	int reader;

	(void)state;
	for (reader = 0; reader < READER__COUNT; reader++) {
		assert_false(policy_may_read((enum reader)reader,
		    POLICY_KIND_IDENTITY, CONFIDENTIALITY_PUBLIC, true));
		assert_false(policy_may_read((enum reader)reader,
		    POLICY_KIND_IDENTITY, CONFIDENTIALITY_PRIVATE, true));
	}
}

static void
photos_of_private_reports_are_locked_for_all(void **state)
{
	int reader;

	(void)state;
	for (reader = 0; reader < READER__COUNT; reader++)
		assert_false(policy_may_read((enum reader)reader,
		    POLICY_KIND_PHOTO, CONFIDENTIALITY_PRIVATE, true));
	assert_true(policy_may_read(
	    READER_OFFICER, POLICY_KIND_PHOTO, CONFIDENTIALITY_PUBLIC, false));
	assert_false(policy_may_read(
	    READER_CHANNEL, POLICY_KIND_PHOTO, CONFIDENTIALITY_PUBLIC, false));
}

static void
privacy_and_admin_see_no_report(void **state)
{
	static const enum reader readers[] = {READER_PRIVACY, READER_ADMIN};
	int kind;
	size_t i;

	(void)state;
	for (i = 0; i < 2; i++)
		for (kind = 0; kind < POLICY_KIND__COUNT; kind++) {
			if (kind == POLICY_KIND_SELF ||
			    kind == POLICY_KIND_PARTNER ||
			    kind == POLICY_KIND_REFERENCE)
				continue;
			assert_false(
			    policy_may_read(readers[i], (enum policy_kind)kind,
				CONFIDENTIALITY_PUBLIC, true));
		}
}

static void
names_of_officers_stay_in_their_unit(void **state)
{
	(void)state;
	assert_true(policy_may_read(READER_OFFICER, POLICY_KIND_STAFFNAME,
	    CONFIDENTIALITY_PRIVATE, true));
	assert_false(policy_may_read(READER_OFFICER, POLICY_KIND_STAFFNAME,
	    CONFIDENTIALITY_PRIVATE, false));
	assert_true(policy_may_read(READER_VALIDATOR, POLICY_KIND_STAFFNAME,
	    CONFIDENTIALITY_PRIVATE, false));
	assert_false(policy_may_read(READER_CHANNEL, POLICY_KIND_STAFFNAME,
	    CONFIDENTIALITY_PUBLIC, true));
}

static void
the_public_sees_no_private_report(void **state)
{
	int kind;

	(void)state;
	for (kind = 0; kind < POLICY_KIND__COUNT; kind++)
		if (kind != POLICY_KIND_REFERENCE)
			assert_false(policy_may_read(READER_PUBLIC,
			    (enum policy_kind)kind, CONFIDENTIALITY_PRIVATE,
			    true));
}

static void
problems_are_fixed_texts(void **state)
{
	struct answer answer = {0};

	(void)state;
	answer.fault_count = 1;
	(void)snprintf(answer.fault[0].pointer, 64, "/text");
	(void)snprintf(answer.fault[0].code, 64, "required");
	policy_problem(&answer, ERR_INVALID, LANG_EN, "0123");
	assert_int_equal(answer.status, 422);
	assert_string_equal(text_of(&answer.body),
	    "{\"confidentiality\":{\"level\":\"public\",\"label\":"
	    "\"Do not share the information in this report with anyone\"},"
	    "\"type\":\"/problems/invalid\","
	    "\"title\":\"Some fields are not valid\",\"status\":422,"
	    "\"detail\":\"This is needed\",\"request_id\":\"0123\","
	    "\"errors\":[{\"pointer\":\"/text\",\"code\":\"required\","
	    "\"detail\":\"This is needed\"}]}");
	buf_clear(&answer.body);
}

static void
places_for_the_public_are_coarse(void **state)
{
	struct buf buf;

	(void)state;
	buf_init(&buf, 64);
	write_degrees(&buf, "-6.2157912", true);
	assert_string_equal(text_of(&buf), "-6.216");
	buf_reset(&buf);
	write_degrees(&buf, "-6.2157912", false);
	assert_string_equal(text_of(&buf), "-6.2157912");
	buf_clear(&buf);
}

static void
parts_are_an_array(void **state)
{
	struct buf buf;

	(void)state;
	buf_init(&buf, 64);
	write_parts(&buf, "a\\b{ c~", 7);
	assert_string_equal(text_of(&buf), "[\"a\\\\b{\",\"c~\"]");
	buf_reset(&buf);
	write_parts(&buf, "one", 3);
	assert_string_equal(text_of(&buf), "[\"one\"]");
	buf_clear(&buf);
}

static void
times_are_rfc_3339(void **state)
{
	static const char text[] = "2026-11-24 08:06:12.5+00";
	struct buf buf;

	(void)state;
	buf_init(&buf, 64);
	write_time(&buf, text, sizeof(text) - 1);
	assert_string_equal(text_of(&buf), "\"2026-11-24T08:06:12.500000Z\"");
	buf_reset(&buf);
	write_time(&buf, "infinity", 8);
	assert_string_equal(text_of(&buf), "null");
	buf_clear(&buf);
}

static void
photos_carry_ids_and_sizes_only(void **state)
{
	struct buf buf;

	(void)state;
	buf_init(&buf, 1024);
	write_photos(&buf, "{a,b}", "{1,2}", "{3,4}");
	assert_string_equal(text_of(&buf),
	    "[{\"id\":\"a\",\"width\":1,\"height\":3,"
	    "\"thumb\":\"/api/v1/photos/a?size=thumb\","
	    "\"full\":\"/api/v1/photos/a?size=full\"},"
	    "{\"id\":\"b\",\"width\":2,\"height\":4,"
	    "\"thumb\":\"/api/v1/photos/b?size=thumb\","
	    "\"full\":\"/api/v1/photos/b?size=full\"}]");
	buf_reset(&buf);
	write_photos(&buf, "{}", "{}", "{}");
	assert_string_equal(text_of(&buf), "[]");
	buf_clear(&buf);
}

static void
lists_of_words_and_links_are_arrays(void **state)
{
	struct buf buf;

	(void)state;
	buf_init(&buf, 1024);
	write_texts(&buf, "{take,hand_over}");
	assert_string_equal(text_of(&buf), "[\"take\",\"hand_over\"]");
	buf_reset(&buf);
	write_texts(&buf, "{}");
	assert_string_equal(text_of(&buf), "[]");
	buf_reset(&buf);
	write_links(&buf, "{a,b}", "{JK1,JK2}");
	assert_string_equal(text_of(&buf),
	    "[{\"id\":\"a\",\"ticket\":\"JK1\"},"
	    "{\"id\":\"b\",\"ticket\":\"JK2\"}]");
	buf_clear(&buf);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(nobody_reads_an_identity),
	    cmocka_unit_test(photos_of_private_reports_are_locked_for_all),
	    cmocka_unit_test(privacy_and_admin_see_no_report),
	    cmocka_unit_test(names_of_officers_stay_in_their_unit),
	    cmocka_unit_test(the_public_sees_no_private_report),
	    cmocka_unit_test(problems_are_fixed_texts),
	    cmocka_unit_test(places_for_the_public_are_coarse),
	    cmocka_unit_test(parts_are_an_array),
	    cmocka_unit_test(times_are_rfc_3339),
	    cmocka_unit_test(photos_carry_ids_and_sizes_only),
	    cmocka_unit_test(lists_of_words_and_links_are_arrays),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
