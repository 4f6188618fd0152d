/*
 * The instance's keys: the file's rules, and one key per purpose.
 *
 * SPDX-License-Identifier: ISC
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "auth/keys.h"

static char directory[] = "/tmp/crm-test-keys-XXXXXX";
static char path[64];

static int
setup(void **state)
{
	(void)state;
	if (mkdtemp(directory) == NULL)
		return -1;
	(void)snprintf(path, sizeof(path), "%s/auth.key", directory);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	(void)unlink(path);
	return rmdir(directory);
}

static void
file_put(size_t len, mode_t mode)
{
	uint8_t bytes[64] = {1};
	int fd;

	(void)unlink(path);
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	assert_true(fd != -1);
	assert_int_equal(write(fd, bytes, len), len);
	assert_int_equal(fchmod(fd, mode), 0);
	assert_int_equal(close(fd), 0);
}

static void
created_keys_are_loaded(void **state)
{
	struct keys *one = NULL, *other = NULL;
	enum keys_purpose purpose, against;
	struct stat stat_of;

	(void)state;
	assert_int_equal(keys_load(&one, path), ERR_NOT_FOUND);
	assert_int_equal(keys_create(path), OK);
	assert_int_equal(keys_create(path), ERR_CONFLICT);
	assert_int_equal(stat(path, &stat_of), 0);
	assert_int_equal(stat_of.st_mode & 0777, 0600);
	assert_int_equal(stat_of.st_size, KEYS_LEN);
	assert_int_equal(keys_load(&one, path), OK);
	assert_int_equal(keys_load(&other, path), OK);
	for (purpose = 0; purpose < KEYS_PURPOSE__COUNT; purpose++) {
		assert_memory_equal(
		    keys_get(one, purpose), keys_get(other, purpose), KEYS_LEN);
		for (against = 0; against < purpose; against++) {
			assert_memory_not_equal(keys_get(one, purpose),
			    keys_get(one, against), KEYS_LEN);
		}
	}
	keys_free(one);
	keys_free(other);
	keys_free(NULL);
}

static void
files_that_are_not_ours_are_refused(void **state)
{
	struct keys *keys = NULL;

	(void)state;
	file_put(31, 0600);
	assert_int_equal(keys_load(&keys, path), ERR_INVALID);
	file_put(33, 0600);
	assert_int_equal(keys_load(&keys, path), ERR_INVALID);
	file_put(32, 0640);
	assert_int_equal(keys_load(&keys, path), ERR_INVALID);
	file_put(32, 0604);
	assert_int_equal(keys_load(&keys, path), ERR_INVALID);
	file_put(32, 0400);
	assert_int_equal(keys_load(&keys, path), OK);
	keys_free(keys);
	(void)unlink(path);
	assert_int_equal(symlink("/dev/zero", path), 0);
	assert_int_equal(keys_load(&keys, path), ERR_UNAVAILABLE);
	assert_int_equal(keys_load(&keys, directory), ERR_INVALID);
}

/* Changing these would sign everyone out and lock every password. */
static void
derivation_does_not_change(void **state)
{
	static const uint8_t root[KEYS_LEN] = {0};
	static const uint8_t pepper[8] = {
	    0x82, 0x17, 0x19, 0xa9, 0x00, 0x89, 0xab, 0x01};
	static const uint8_t source[8] = {
	    0x5d, 0x18, 0x4e, 0x4a, 0x88, 0x60, 0x94, 0x96};
	struct keys *keys = keys_new(root);

	(void)state;
	assert_memory_equal(keys_get(keys, KEYS_PEPPER), pepper, 8);
	assert_memory_equal(keys_get(keys, KEYS_SOURCE), source, 8);
	keys_free(keys);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(created_keys_are_loaded),
	    cmocka_unit_test(files_that_are_not_ours_are_refused),
	    cmocka_unit_test(derivation_does_not_change),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
