/*
 * One page of memory that is locked, left out of core files and wiped.
 *
 * SPDX-License-Identifier: ISC
 */
#include "auth/keys.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/crypto.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/check.h"
#include "core/hash.h"
#include "core/random.h"

struct keys {
	uint8_t key[KEYS_PURPOSE__COUNT][KEYS_LEN];
};

/* What makes the keys differ; changing one invalidates what it made. */
static const char *const infos[KEYS_PURPOSE__COUNT] = {
    [KEYS_PEPPER] = "crm password pepper v1",
    [KEYS_TOTP] = "crm totp secrets v1",
    [KEYS_CURSOR] = "crm list cursors v1",
    [KEYS_SOURCE] = "crm network addresses v1",
    [KEYS_DIGEST] = "crm request digests v1",
    [KEYS_PHOTO] = "crm photo links v1",
    [KEYS_TOKEN] = "crm request tokens v1",
};

struct keys *
keys_new(const uint8_t root[KEYS_LEN])
{
	struct keys *keys = mmap(NULL, sizeof(*keys), PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	size_t at;

	must(keys != MAP_FAILED, "there is memory");
	(void)madvise(keys, sizeof(*keys), MADV_DONTDUMP);
	keys_lock(keys);
	for (at = 0; at < KEYS_PURPOSE__COUNT; at++) {
		hash_hkdf(keys->key[at], KEYS_LEN, root, KEYS_LEN, NULL, 0,
		    infos[at]);
	}
	return keys;
}

void
keys_lock(const struct keys *keys)
{
	/* Refused where the limit is 0; swap is off or encrypted anyway. */
	(void)mlock(keys, sizeof(*keys));
}

void
keys_free(struct keys *keys)
{
	if (keys == NULL)
		return;
	OPENSSL_cleanse(keys, sizeof(*keys));
	(void)munmap(keys, sizeof(*keys));
}

const uint8_t *
keys_get(const struct keys *keys, enum keys_purpose purpose)
{
	must((unsigned)purpose < KEYS_PURPOSE__COUNT, "a key has a purpose");
	return keys->key[purpose];
}

/* Reads until len bytes or the end. */
static ssize_t
read_all(int fd, uint8_t *out, size_t len)
{
	size_t at = 0;
	ssize_t got;

	while (at < len) {
		got = read(fd, out + at, len - at);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -1;
		if (got == 0)
			break;
		at += (size_t)got;
	}
	return (ssize_t)at;
}

enum err
keys_load(struct keys **out, const char *path)
{
	/* One byte more, to see a file that is too long. */
	uint8_t root[KEYS_LEN + 1];
	struct stat stat;
	enum err err = ERR_UNAVAILABLE;
	ssize_t len;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);

	if (fd == -1)
		return errno == ENOENT ? ERR_NOT_FOUND : ERR_UNAVAILABLE;
	if (fstat(fd, &stat) != 0)
		goto done;
	if (!S_ISREG(stat.st_mode) || (stat.st_mode & 077) != 0) {
		err = ERR_INVALID;
		goto done;
	}
	len = read_all(fd, root, sizeof(root));
	if (len < 0)
		goto done;
	if (len != KEYS_LEN) {
		err = ERR_INVALID;
		goto done;
	}
	*out = keys_new(root);
	err = OK;
done:
	OPENSSL_cleanse(root, sizeof(root));
	(void)close(fd);
	return err;
}

enum err
keys_create(const char *path)
{
	uint8_t root[KEYS_LEN];
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	bool is_written;

	if (fd == -1)
		return errno == EEXIST ? ERR_CONFLICT : ERR_UNAVAILABLE;
	random_bytes(root, sizeof(root));
	is_written = write(fd, root, sizeof(root)) == (ssize_t)sizeof(root) &&
	    fsync(fd) == 0;
	OPENSSL_cleanse(root, sizeof(root));
	if (close(fd) != 0 || !is_written) {
		(void)unlink(path);
		return ERR_UNAVAILABLE;
	}
	return OK;
}
