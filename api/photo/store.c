/*
 * The photo store, see store.h: directory/ab/abcd….
 *
 * SPDX-License-Identifier: ISC
 */
#include "photo/store.h"

#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <openssl/crypto.h>

#include "core/hash.h"
#include "core/heap.h"
#include "core/hex.h"
#include "core/random.h"
#include "core/seal.h"

/* "CRM1" is in front of sealed bytes, so that a scan can tell them. */
#define MAGIC_LEN     4
#define CONTEXT       "photo"
#define FAN_LEN       2
#define FILE_MAX      ((off_t)16 * 1024 * 1024)
#define TEMPORARY     ".new-" /* the sweep of orphans knows it, too */
#define RANDOM_LEN    16
#define TEMPORARY_LEN (sizeof(TEMPORARY) - 1 + 2 * (size_t)RANDOM_LEN)

static enum err
missing_or_failed(void)
{
	return errno == ENOENT ? ERR_NOT_FOUND : ERR_UNAVAILABLE;
}

/* ERR_NOT_FOUND only when the store is there and the fan-out is not. */
static enum err
open_fan(int *out, const char *directory, const char *name, bool may_make)
{
	char fan[FAN_LEN + 1] = {name[0], name[1], '\0'};
	int root = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	enum err err = ERR_UNAVAILABLE;
	int found;

	if (root < 0) {
		return ERR_UNAVAILABLE;
	}
	if (may_make && mkdirat(root, fan, 0700) != 0 && errno != EEXIST) {
		goto done;
	}
	/* Also when another made it: its fsync may not have come yet. */
	if (may_make && fsync(root) != 0) {
		goto done;
	}
	found =
	    openat(root, fan, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (found < 0) {
		err = missing_or_failed();
		goto done;
	}
	*out = found;
	err = OK;
done:
	close(root);
	return err;
}

static bool
write_all(int file, const uint8_t *data, size_t len)
{
	while (len > 0) {
		ssize_t count = write(file, data, len);

		if (count < 0 && errno != EINTR) {
			return false;
		}
		if (count > 0) {
			data += count;
			len -= (size_t)count;
		}
	}
	return true;
}

/* A file that is complete and on the disk, or no file. */
static bool
write_temporary(int fan, const char *temporary, const uint8_t *data, size_t len)
{
	int file = openat(fan, temporary,
	    O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0640);
	bool is_good;

	if (file < 0) {
		return false;
	}
	is_good = write_all(file, data, len) && fsync(file) == 0;
	is_good = close(file) == 0 && is_good;
	if (!is_good) {
		(void)unlinkat(fan, temporary, 0);
	}
	return is_good;
}

static enum err
write_file(
    const char *directory, const char *name, const uint8_t *data, size_t len)
{
	char temporary[TEMPORARY_LEN + 1] = TEMPORARY;
	uint8_t random[RANDOM_LEN];
	enum err err;
	int fan;

	err = open_fan(&fan, directory, name, true);
	if (err != OK) {
		return ERR_UNAVAILABLE;
	}
	err = ERR_UNAVAILABLE;
	random_bytes(random, sizeof(random));
	hex_encode(temporary + sizeof(TEMPORARY) - 1, random, sizeof(random));
	if (!write_temporary(fan, temporary, data, len)) {
		goto done;
	}
	/* Over a file of the same name, which has the same bytes. */
	if (renameat(fan, temporary, fan, name) != 0) {
		(void)unlinkat(fan, temporary, 0);
		goto done;
	}
	err = fsync(fan) == 0 ? OK : ERR_UNAVAILABLE;
done:
	close(fan);
	return err;
}

static enum err
seal(uint8_t **out, size_t *out_len, const uint8_t key[SEAL_KEY_LEN],
    const uint8_t *data, size_t len)
{
	static const uint8_t magic[MAGIC_LEN] = {'C', 'R', 'M', '1'};
	size_t sealed_len = MAGIC_LEN + len + SEAL_OVERHEAD;
	uint8_t *sealed = heap_new(sealed_len);
	enum err err;

	memcpy(sealed, magic, MAGIC_LEN);
	err = seal_text(sealed + MAGIC_LEN, key, CONTEXT, data, len);
	if (err != OK) {
		heap_free(sealed);
		return err;
	}
	*out = sealed;
	*out_len = sealed_len;
	return OK;
}

enum err
store_write(char name[STORE_NAME_LEN + 1], const char *directory,
    const uint8_t key[32], const uint8_t *data, size_t len)
{
	char hex[STORE_NAME_LEN + 1];
	uint8_t hash[HASH_LEN];
	uint8_t *sealed = NULL;
	enum err err = OK;

	if (len > (size_t)FILE_MAX - MAGIC_LEN - SEAL_OVERHEAD) {
		return ERR_TOO_LARGE;
	}
	if (key != NULL) {
		err = seal(&sealed, &len, key, data, len);
		data = sealed;
	}
	if (err != OK) {
		return err;
	}
	hash_sha256(hash, data, len);
	hex_encode(hex, hash, sizeof(hash));
	err = write_file(directory, hex, data, len);
	heap_free(sealed);
	if (err == OK) {
		memcpy(name, hex, sizeof(hex));
	}
	return err;
}

static bool
is_name(const char *name)
{
	return strspn(name, "0123456789abcdef") == STORE_NAME_LEN &&
	    name[STORE_NAME_LEN] == '\0';
}

static bool
read_all(int file, uint8_t *out, size_t len)
{
	while (len > 0) {
		ssize_t count = read(file, out, len);

		if (count == 0 || (count < 0 && errno != EINTR)) {
			return false;
		}
		if (count > 0) {
			out += count;
			len -= (size_t)count;
		}
	}
	return true;
}

static enum err
read_file(uint8_t **out, size_t *out_len, int file)
{
	struct stat stat;
	uint8_t *data;

	if (fstat(file, &stat) != 0) {
		return ERR_UNAVAILABLE;
	}
	if (!S_ISREG(stat.st_mode) || stat.st_size > FILE_MAX) {
		return ERR_BROKEN;
	}
	data = heap_new((size_t)stat.st_size);
	if (!read_all(file, data, (size_t)stat.st_size)) {
		heap_wipe(data, (size_t)stat.st_size);
		return ERR_UNAVAILABLE;
	}
	*out = data;
	*out_len = (size_t)stat.st_size;
	return OK;
}

static bool
is_named(const char *name, const uint8_t *data, size_t len)
{
	char hex[STORE_NAME_LEN + 1];
	uint8_t hash[HASH_LEN];

	hash_sha256(hash, data, len);
	hex_encode(hex, hash, sizeof(hash));
	return CRYPTO_memcmp(hex, name, STORE_NAME_LEN) == 0;
}

enum err
store_read(uint8_t **data, size_t *len, const char *directory, const char *name)
{
	uint8_t *bytes = NULL;
	size_t bytes_len = 0;
	int fan, file;
	enum err err;

	if (!is_name(name)) {
		return ERR_NOT_FOUND;
	}
	err = open_fan(&fan, directory, name, false);
	if (err != OK) {
		return err;
	}
	file = openat(fan, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	err = file < 0 ? missing_or_failed()
		       : read_file(&bytes, &bytes_len, file);
	if (file >= 0) {
		close(file);
	}
	close(fan);
	if (err == OK && !is_named(name, bytes, bytes_len)) {
		heap_wipe(bytes, bytes_len);
		err = ERR_BROKEN;
	}
	if (err == OK) {
		*data = bytes;
		*len = bytes_len;
	}
	return err;
}
