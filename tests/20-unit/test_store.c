/*
 * The photo store: names, sealing, durability's visible half, full disks and
 * many writers at once.
 *
 * SPDX-License-Identifier: ISC
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <dirent.h>
#include <fcntl.h>
#include <ftw.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/hash.h"
#include "core/heap.h"
#include "core/hex.h"
#include "core/seal.h"
#include "photo/store.h"

#define TEXT    "a photo, as far as the store knows"
#define LEN     (sizeof(TEXT) - 1)
#define WRITERS 8
#define LARGE   (512u * 1024)

static char directory[] = "/tmp/crm-store-XXXXXX";

static int
entry_remove(
    const char *path, const struct stat *stat, int kind, struct FTW *place)
{
	(void)stat;
	(void)kind;
	(void)place;
	return remove(path);
}

static int
start(void **state)
{
	(void)state;
	memcpy(directory + strlen(directory) - 6, "XXXXXX", 6);
	return mkdtemp(directory) == NULL ? -1 : 0;
}

static int
stop(void **state)
{
	(void)state;
	return nftw(directory, entry_remove, 16, FTW_DEPTH | FTW_PHYS);
}

static unsigned files;

static int
entry_count(
    const char *path, const struct stat *stat, int kind, struct FTW *place)
{
	(void)path;
	(void)stat;
	(void)place;
	files += kind == FTW_F;
	return 0;
}

static unsigned
files_below(const char *path)
{
	files = 0;
	assert_int_equal(nftw(path, entry_count, 16, FTW_PHYS), 0);
	return files;
}

static void
path_of(char *out, size_t len, const char *name)
{
	(void)snprintf(out, len, "%s/%.2s/%s", directory, name, name);
}

static void
the_name_is_the_hash_of_the_bytes(void **state)
{
	char name[STORE_NAME_LEN + 1], expected[STORE_NAME_LEN + 1];
	uint8_t hash[HASH_LEN], *data;
	struct stat stat_of;
	char path[256];
	size_t len;

	(void)state;
	assert_int_equal(
	    store_write(name, directory, NULL, (const uint8_t *)TEXT, LEN), OK);
	hash_sha256(hash, TEXT, LEN);
	hex_encode(expected, hash, sizeof(hash));
	assert_string_equal(name, expected);
	path_of(path, sizeof(path), name);
	assert_int_equal(stat(path, &stat_of), 0);
	assert_int_equal(stat_of.st_mode & 0777, 0640);
	assert_int_equal(store_read(&data, &len, directory, name), OK);
	assert_int_equal(len, LEN);
	assert_memory_equal(data, TEXT, LEN);
	heap_free(data);
	assert_int_equal(
	    store_write(name, directory, NULL, (const uint8_t *)TEXT, LEN), OK);
	assert_int_equal(files_below(directory), 1);
}

static void
sealed_photos_are_unreadable_and_never_alike(void **state)
{
	char first[STORE_NAME_LEN + 1], second[STORE_NAME_LEN + 1];
	uint8_t key[SEAL_KEY_LEN], opened[LEN], *data;
	size_t len;

	(void)state;
	assert_int_equal(seal_key_new(key), OK);
	assert_int_equal(
	    store_write(first, directory, key, (const uint8_t *)TEXT, LEN), OK);
	assert_int_equal(
	    store_write(second, directory, key, (const uint8_t *)TEXT, LEN),
	    OK);
	assert_string_not_equal(first, second);
	assert_int_equal(store_read(&data, &len, directory, first), OK);
	assert_int_equal(len, 4 + LEN + SEAL_OVERHEAD);
	assert_memory_equal(data, "CRM1", 4);
	assert_null(memmem(data, len, "photo", 5));
	assert_int_equal(
	    seal_open(opened, key, "photo", data + 4, len - 4), OK);
	assert_memory_equal(opened, TEXT, LEN);
	data[len - 1] ^= 1;
	assert_int_equal(
	    seal_open(opened, key, "photo", data + 4, len - 4), ERR_BROKEN);
	heap_free(data);
}

static void
what_is_not_there_and_what_is_broken_differ(void **state)
{
	static const char *const strange[] = {"", "..", "../../etc/passwd",
	    "ab", "/etc/passwd",
	    "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855",
	    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855a",
	    "../0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"};
	char name[STORE_NAME_LEN + 1], path[256];
	uint8_t *data;
	size_t len;
	int file;

	(void)state;
	memset(name, 'a', STORE_NAME_LEN);
	name[STORE_NAME_LEN] = '\0';
	assert_int_equal(
	    store_read(&data, &len, directory, name), ERR_NOT_FOUND);
	for (size_t i = 0; i < sizeof(strange) / sizeof(strange[0]); i++) {
		assert_int_equal(store_read(&data, &len, directory, strange[i]),
		    ERR_NOT_FOUND);
	}
	assert_int_equal(
	    store_read(&data, &len, "/nowhere", name), ERR_UNAVAILABLE);
	assert_int_equal(
	    store_write(name, directory, NULL, (const uint8_t *)TEXT, LEN), OK);
	path_of(path, sizeof(path), name);
	file = open(path, O_WRONLY | O_CLOEXEC);
	assert_int_equal(pwrite(file, "X", 1, 3), 1);
	close(file);
	assert_int_equal(store_read(&data, &len, directory, name), ERR_BROKEN);
	assert_int_equal(truncate(path, 0), 0);
	assert_int_equal(store_read(&data, &len, directory, name), ERR_BROKEN);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(symlink("/etc/passwd", path), 0);
	assert_int_equal(
	    store_read(&data, &len, directory, name), ERR_UNAVAILABLE);
}

static void *
writer_run(void *data)
{
	char *name = data;

	for (int i = 0; i < 20; i++) {
		if (store_write(name, directory, NULL, (const uint8_t *)TEXT,
			LEN) != OK) {
			name[0] = '\0';
			break;
		}
	}
	return NULL;
}

static void
writers_of_the_same_photo_agree(void **state)
{
	char names[WRITERS][STORE_NAME_LEN + 1];
	pthread_t threads[WRITERS];
	uint8_t *data;
	size_t len;

	(void)state;
	for (size_t i = 0; i < WRITERS; i++) {
		assert_int_equal(
		    pthread_create(&threads[i], NULL, writer_run, names[i]), 0);
	}
	for (size_t i = 0; i < WRITERS; i++) {
		(void)pthread_join(threads[i], NULL);
		assert_string_equal(names[i], names[0]);
	}
	assert_int_equal(files_below(directory), 1);
	assert_int_equal(store_read(&data, &len, directory, names[0]), OK);
	heap_free(data);
}

/* A process may write files of 64 kB only: the write breaks off midway. */
static void
a_write_that_breaks_off_leaves_nothing(void **state)
{
	struct rlimit before, small;
	uint8_t *large = heap_new(LARGE);
	char name[STORE_NAME_LEN + 1] = "untouched";
	enum err err;

	(void)state;
	(void)signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	small = before;
	small.rlim_cur = 65536;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	err = store_write(name, directory, NULL, large, LARGE);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	assert_int_equal(err, ERR_UNAVAILABLE);
	assert_string_equal(name, "untouched");
	assert_int_equal(files_below(directory), 0);
	assert_int_equal(store_write(name, directory, NULL, large, LARGE), OK);
	heap_free(large);
}

static void
fill_up(const char *path)
{
	int file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	uint8_t block[4096] = {0};

	assert_true(file >= 0);
	while (write(file, block, sizeof(block)) > 0) {
		continue;
	}
	close(file);
}

static void
a_full_disk_refuses_until_it_has_room(void **state)
{
	uint8_t *large = heap_new(LARGE);
	char name[STORE_NAME_LEN + 1], path[256];
	enum err full, room;

	(void)state;
	if (mount("tmpfs", directory, "tmpfs", 0, "size=1m") != 0) {
		heap_free(large);
		skip();
	}
	(void)snprintf(path, sizeof(path), "%s/filler", directory);
	fill_up(path);
	full = store_write(name, directory, NULL, large, LARGE);
	files = files_below(directory);
	(void)unlink(path);
	room = store_write(name, directory, NULL, large, LARGE);
	(void)umount(directory);
	heap_free(large);
	assert_int_equal(full, ERR_UNAVAILABLE);
	assert_int_equal(files, 1);
	assert_int_equal(room, OK);
}

static void
without_a_directory_nothing_is_written(void **state)
{
	char name[STORE_NAME_LEN + 1];

	(void)state;
	assert_int_equal(store_write(name, "/nowhere/at/all", NULL,
			     (const uint8_t *)TEXT, LEN),
	    ERR_UNAVAILABLE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(
		the_name_is_the_hash_of_the_bytes, start, stop),
	    cmocka_unit_test_setup_teardown(
		sealed_photos_are_unreadable_and_never_alike, start, stop),
	    cmocka_unit_test_setup_teardown(
		what_is_not_there_and_what_is_broken_differ, start, stop),
	    cmocka_unit_test_setup_teardown(
		writers_of_the_same_photo_agree, start, stop),
	    cmocka_unit_test_setup_teardown(
		a_write_that_breaks_off_leaves_nothing, start, stop),
	    cmocka_unit_test_setup_teardown(
		a_full_disk_refuses_until_it_has_room, start, stop),
	    cmocka_unit_test(without_a_directory_nothing_is_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
