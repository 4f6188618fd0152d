/*
 * Secrets of receivers at rest, see secret.h.
 *
 * SPDX-License-Identifier: ISC
 */
#include "webhook/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/crypto.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/heap.h"
#include "core/settings.h"

/* One byte more than the key tells a longer file. */
static enum err
key_read(uint8_t key[SEAL_KEY_LEN], int fd)
{
	uint8_t data[SEAL_KEY_LEN + 1];
	ssize_t len = read(fd, data, sizeof(data));

	if (len == SEAL_KEY_LEN) {
		memcpy(key, data, SEAL_KEY_LEN);
	}
	OPENSSL_cleanse(data, sizeof(data));
	return len == SEAL_KEY_LEN ? OK : ERR_BROKEN;
}

enum err
secret_key_load(uint8_t key[SEAL_KEY_LEN])
{
	const char *keys = settings_get()->keys;
	size_t size = strlen(keys) + sizeof("/webhook.key");
	char *path = heap_new(size);
	enum err err;
	int fd;

	(void)snprintf(path, size, "%s/webhook.key", keys);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	heap_free(path);
	if (fd < 0) {
		return ERR_NOT_FOUND;
	}
	err = key_read(key, fd);
	close(fd);
	return err;
}

/* What a secret is bound to. A name of a channel has no space in it. */
static char *
context_new(const char *channel, const char *url)
{
	size_t size = strlen(channel) + strlen(url) + sizeof("webhook  ");
	char *context = heap_new(size);

	(void)snprintf(context, size, "webhook %s %s", channel, url);
	return context;
}

enum err
secret_seal(uint8_t out[SECRET_SEALED_LEN], const uint8_t key[SEAL_KEY_LEN],
    const char *channel, const char *url, const uint8_t secret[SIGN_SECRET_LEN])
{
	char *context = context_new(channel, url);
	enum err err = seal_text(out, key, context, secret, SIGN_SECRET_LEN);

	heap_free(context);
	return err;
}

enum err
secret_open(uint8_t out[SIGN_SECRET_LEN], const uint8_t key[SEAL_KEY_LEN],
    const char *channel, const char *url, const uint8_t *sealed, size_t len)
{
	char *context;
	enum err err;

	if (len != SECRET_SEALED_LEN) {
		return ERR_BROKEN;
	}
	context = context_new(channel, url);
	err = seal_open(out, key, context, sealed, len);
	heap_free(context);
	return err;
}
