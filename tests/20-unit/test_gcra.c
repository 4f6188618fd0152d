/*
 * Quotas: so many at once, then one by one, shared by processes.
 *
 * SPDX-License-Identifier: ISC
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sys/wait.h>

#include <unistd.h>

#include "core/gcra.h"

#define START INT64_C(1000000)

static int
setup(void **state)
{
	*state = gcra_share(64);
	return 0;
}

static int
teardown(void **state)
{
	gcra_free(*state);
	return 0;
}

static int
taken(struct gcra_table *table, uint64_t key, int64_t quota, int64_t now)
{
	struct gcra left;
	int count = 0;

	while (gcra_take(&left, table, key, quota, now))
		count++;
	return count;
}

static void
a_quota_is_there_at_once_and_comes_back_bit_by_bit(void **state)
{
	struct gcra_table *table = *state;
	struct gcra left;

	assert_true(gcra_take(&left, table, 1, 6, START));
	assert_int_equal(left.left, 5);
	assert_int_equal(left.full_s, 10);
	assert_int_equal(left.wait_s, 0);
	assert_int_equal(taken(table, 1, 6, START), 5);
	assert_false(gcra_take(&left, table, 1, 6, START));
	assert_int_equal(left.left, 0);
	assert_int_equal(left.full_s, 60);
	assert_int_equal(left.wait_s, 10);
	/* To be refused costs nothing. */
	assert_false(gcra_take(&left, table, 1, 6, START + 9999));
	assert_int_equal(left.wait_s, 1);
	assert_int_equal(taken(table, 1, 6, START + 10000), 1);
	assert_int_equal(taken(table, 1, 6, START + 40000), 3);
	/* Waiting for longer does not save up more than the quota. */
	assert_int_equal(taken(table, 1, 6, START + 1000000), 6);
}

static void
a_quota_may_change(void **state)
{
	struct gcra_table *table = *state;
	struct gcra left;

	assert_int_equal(taken(table, 1, 60, START), 60);
	assert_true(gcra_take(&left, table, 1, 600, START + 100));
	assert_int_equal(taken(table, 1, 6, START + 9000), 0);
	assert_int_equal(taken(table, 1, 6, START + 10100), 1);
	assert_int_equal(taken(table, 1, 1, START + 200000), 1);
	assert_int_equal(taken(table, 1, 1, START + 259999), 0);
	assert_int_equal(taken(table, 1, 1, START + 260000), 1);
}

static void
large_quotas_are_exact(void **state)
{
	struct gcra_table *table = *state;

	assert_int_equal(taken(table, 1, 1000000, START), 1000000);
	assert_int_equal(taken(table, 1, 1000000, START + 3), 50);
	/* A share that is no whole number of nanoseconds. */
	assert_int_equal(taken(table, 2, 7, START), 7);
	assert_int_equal(taken(table, 2, 7, START + 60000), 7);
}

static void
keys_are_apart_until_the_table_is_full(void **state)
{
	struct gcra_table *table = *state;
	uint64_t key;

	for (key = 0; key < 64; key++)
		assert_int_equal(taken(table, key * 7 + 1, 3, START), 3);
	/* Nobody but who asked least lately is forgotten. */
	assert_int_equal(taken(table, 1, 3, START), 0);
	assert_int_equal(taken(table, 1 + 64, 3, START + 1), 3);
	assert_int_equal(taken(table, 1 + 64, 3, START + 1), 0);
	assert_int_equal(taken(table, 0, 2, START + 2), 2);
	assert_int_equal(taken(table, 0, 2, START + 2), 0);
}

static void
processes_share_a_quota(void **state)
{
	struct gcra_table *table = *state;
	int child, status, sum = 0;

	for (child = 0; child < 4; child++)
		if (fork() == 0)
			_exit(taken(table, 9, 200, START));
	for (child = 0; child < 4; child++) {
		assert_true(wait(&status) > 0);
		assert_true(WIFEXITED(status));
		sum += WEXITSTATUS(status);
	}
	assert_int_equal(sum, 200);
	assert_int_equal(taken(table, 9, 200, START), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(
		a_quota_is_there_at_once_and_comes_back_bit_by_bit, setup,
		teardown),
	    cmocka_unit_test_setup_teardown(
		a_quota_may_change, setup, teardown),
	    cmocka_unit_test_setup_teardown(
		large_quotas_are_exact, setup, teardown),
	    cmocka_unit_test_setup_teardown(
		keys_are_apart_until_the_table_is_full, setup, teardown),
	    cmocka_unit_test_setup_teardown(
		processes_share_a_quota, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
