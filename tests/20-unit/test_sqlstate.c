/*
 * What an SQLSTATE means, for the server, the jobs and the command line alike.
 *
 * SPDX-License-Identifier: ISC
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "db/sqlstate.h"

static void
ours_are_what_they_say(void **state)
{
	(void)state;
	assert_int_equal(sqlstate_error("CR401"), ERR_UNAUTHENTICATED);
	assert_int_equal(sqlstate_error("CR403"), ERR_FORBIDDEN);
	assert_int_equal(sqlstate_error("CR404"), ERR_NOT_FOUND);
	assert_int_equal(sqlstate_error("CR409"), ERR_CONFLICT);
	assert_int_equal(sqlstate_error("CR412"), ERR_STALE);
	assert_int_equal(sqlstate_error("CR422"), ERR_INVALID);
	assert_int_equal(sqlstate_error("CR428"), ERR_NO_IF_MATCH);
	assert_int_equal(sqlstate_error("CR429"), ERR_TOO_MANY);
}

static void
trouble_is_worth_another_try(void **state)
{
	static const char *const states[] = {"08006", "53300", "57014", "57P01",
	    "58030", "40001", "40P01", "55P03", "25006", SQLSTATE_STALE};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(states) / sizeof(states[0]); i++)
		assert_int_equal(sqlstate_error(states[i]), ERR_UNAVAILABLE);
}

/* A constraint that refuses what no function refused is a fault of ours. */
static void
the_rest_is_broken(void **state)
{
	static const char *const states[] = {"23505", "23514", "42501", "42883",
	    "40002", "55000", "XX000", "CR500", ""};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(states) / sizeof(states[0]); i++)
		assert_int_equal(sqlstate_error(states[i]), ERR_BROKEN);
	assert_int_equal(sqlstate_error("22P02"), ERR_INVALID);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(ours_are_what_they_say),
	    cmocka_unit_test(trouble_is_worth_another_try),
	    cmocka_unit_test(the_rest_is_broken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
