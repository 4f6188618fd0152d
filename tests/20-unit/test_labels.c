/*
 * The closed lists: exact texts, both languages, lookup by wire name.
 *
 * SPDX-License-Identifier: ISC
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "auth/reader.h"
#include "core/labels.h"

static void
the_labels_are_exact(void **state)
{
	(void)state;
	assert_string_equal(
	    labels_confidentiality_text(CONFIDENTIALITY_PRIVATE, LANG_EN),
	    "The report is private. Do not share the information in this report"
	    " with anyone");
	assert_string_equal(
	    labels_confidentiality_text(CONFIDENTIALITY_PUBLIC, LANG_EN),
	    "Do not share the information in this report with anyone");
	assert_string_equal(
	    labels_confidentiality_text(CONFIDENTIALITY_PRIVATE, LANG_ID),
	    "Laporan bersifat privasi. Jangan berikan informasi dalam laporan"
	    " ini kepada siapapun");
	assert_string_equal(
	    labels_confidentiality_text(CONFIDENTIALITY_PUBLIC, LANG_ID),
	    "Jangan berikan informasi dalam laporan ini kepada siapapun");
}

static void
what_is_not_public_is_private(void **state)
{
	static const char *const words[] = {"private", "", "Public", "public ",
	    "PUBLIC", "publi", "publicly", "unknown"};
	size_t at;

	(void)state;
	assert_int_equal(
	    labels_confidentiality_of("public"), CONFIDENTIALITY_PUBLIC);
	assert_int_equal(
	    labels_confidentiality_of(NULL), CONFIDENTIALITY_PRIVATE);
	for (at = 0; at < sizeof(words) / sizeof(words[0]); at++) {
		assert_int_equal(labels_confidentiality_of(words[at]),
		    CONFIDENTIALITY_PRIVATE);
	}
}

static void
statuses_and_events_are_found(void **state)
{
	enum status status, found_status;
	enum event event, found_event;

	(void)state;
	for (status = 0; status < STATUS__COUNT; status++) {
		assert_int_equal(labels_status_find(
				     &found_status, labels_status_wire(status)),
		    OK);
		assert_int_equal(found_status, status);
		assert_true(strlen(labels_status_name(status, LANG_EN)) > 0);
		assert_true(strlen(labels_status_name(status, LANG_ID)) > 0);
	}
	for (event = 0; event < EVENT__COUNT; event++) {
		assert_int_equal(
		    labels_event_find(&found_event, labels_event_wire(event)),
		    OK);
		assert_int_equal(found_event, event);
		assert_true(strlen(labels_event_name(event, LANG_EN)) > 0);
		assert_true(strlen(labels_event_name(event, LANG_ID)) > 0);
	}
	assert_int_equal(labels_status_find(&status, "done"), ERR_NOT_FOUND);
	assert_int_equal(labels_status_find(&status, ""), ERR_NOT_FOUND);
	assert_int_equal(labels_event_find(&event, "Take"), ERR_NOT_FOUND);
	assert_true(labels_status_goes_on(STATUS_IN_PROGRESS));
	assert_false(labels_status_goes_on(STATUS_COMPLETED));
	assert_string_equal(
	    labels_confidentiality_wire(CONFIDENTIALITY_PUBLIC), "public");
}

static void
readers_are_found(void **state)
{
	enum reader reader, found;

	(void)state;
	for (reader = 0; reader < READER__COUNT; reader++) {
		assert_int_equal(reader_find(&found, reader_wire(reader)), OK);
		assert_int_equal(found, reader);
	}
	assert_int_equal(reader_find(&found, "root"), ERR_NOT_FOUND);
	assert_true(reader_has_session(READER_OFFICER));
	assert_false(reader_has_session(READER_CHANNEL));
	assert_false(reader_has_session(READER_PUBLIC));
}

static void
every_error_has_its_words(void **state)
{
	enum err err;

	(void)state;
	assert_int_equal(err_status(OK), 200);
	for (err = 1; err < ERR__COUNT; err++) {
		assert_in_range(err_status(err), 400, 599);
		assert_true(strlen(err_slug(err)) > 0);
		assert_true(strlen(err_title(err, LANG_EN)) > 0);
		assert_true(strlen(err_title(err, LANG_ID)) > 0);
	}
	assert_int_equal(err_status(ERR_NOT_FOUND), 404);
	assert_string_equal(err_slug(ERR_TOO_MANY), "too-many-requests");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_labels_are_exact),
	    cmocka_unit_test(what_is_not_public_is_private),
	    cmocka_unit_test(statuses_and_events_are_found),
	    cmocka_unit_test(readers_are_found),
	    cmocka_unit_test(every_error_has_its_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
