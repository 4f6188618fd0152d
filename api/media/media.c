/*
 * The server's side of the talk with crm media.
 *
 * SPDX-License-Identifier: ISC
 */
#include "media/media.h"

#include <sys/socket.h>
#include <sys/un.h>

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "core/clock.h"
#include "core/heap.h"
#include "media/wire.h"

#define DEADLINE_MS   15000
#define BUSY_PAUSE_MS 20
#define DEATHS_MAX    3
/* What an honest worker can answer; it may have been taken over. */
#define FULL_SIDE_MAX    1600
#define THUMB_SIDE_MAX   480
#define ANSWER_BYTES_MAX (8u * 1024 * 1024)

enum attempt {
	ATTEMPT_DONE,
	ATTEMPT_DIED, /* a worker had it, or its parent, and died */
	ATTEMPT_UNREACHABLE,
};

/* A full queue answers EAGAIN at once: wait until it moves. */
static int
connect_waiting(const char *path, int64_t deadline)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	size_t len = strlen(path);
	int s;

	if (len >= sizeof(address.sun_path)) {
		return -1;
	}
	memcpy(address.sun_path, path, len + 1);
	s = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (s < 0) {
		return -1;
	}
	while (connect(s, (struct sockaddr *)&address, sizeof(address)) != 0) {
		if ((errno != EAGAIN && errno != EINTR) ||
		    clock_mono_ms() >= deadline) {
			close(s);
			return -1;
		}
		(void)poll(NULL, 0, BUSY_PAUSE_MS);
	}
	return s;
}

static enum err
picture_read(
    struct media_picture *out, int s, unsigned side_max, int64_t deadline)
{
	uint8_t head[WIRE_PICTURE_HEAD_LEN];
	enum err err = wire_read(s, head, sizeof(head), deadline);
	uint32_t len;

	if (err != OK) {
		return err;
	}
	out->width = wire_get16(head);
	out->height = wire_get16(head + 2);
	len = wire_get32(head + 4);
	if (out->width == 0 || out->width > side_max || out->height == 0 ||
	    out->height > side_max || len == 0 || len > ANSWER_BYTES_MAX) {
		return ERR_UNAVAILABLE;
	}
	out->data = heap_new(len);
	out->len = len;
	return wire_read(s, out->data, len, deadline);
}

static enum err
hashes_read(uint64_t out[PHASH_LEN], int s, int64_t deadline)
{
	uint8_t data[PHASH_LEN * WIRE_HASH_LEN];
	enum err err = wire_read(s, data, sizeof(data), deadline);

	if (err != OK) {
		return err;
	}
	for (size_t i = 0; i < PHASH_LEN; i++) {
		out[i] = wire_get64(data + i * WIRE_HASH_LEN);
	}
	return OK;
}

static enum err
answer_read(struct media_result *out, int s, int64_t deadline)
{
	uint8_t status;
	enum err err = wire_read(s, &status, 1, deadline);

	if (err != OK) {
		return err;
	}
	if (status > MEDIA_TOO_MANY_BYTES) {
		return ERR_UNAVAILABLE;
	}
	out->status = (enum media_status)status;
	if (out->status != MEDIA_OK) {
		return OK;
	}
	err = picture_read(&out->full, s, FULL_SIDE_MAX, deadline);
	if (err != OK) {
		return err;
	}
	err = picture_read(&out->thumb, s, THUMB_SIDE_MAX, deadline);
	if (err != OK) {
		return err;
	}
	return hashes_read(out->hash, s, deadline);
}

static enum attempt
attempt_once(struct media_result *out, const char *path, const uint8_t *data,
    size_t len, int64_t deadline)
{
	uint8_t head[WIRE_REQUEST_HEAD_LEN] = WIRE_REQUEST_MAGIC;
	int s = connect_waiting(path, deadline);
	enum err err;

	if (s < 0) {
		return ATTEMPT_UNREACHABLE;
	}
	wire_put32(head + 4, (uint32_t)len);
	err = wire_write(s, head, sizeof(head), deadline);
	if (err == OK) {
		err = wire_write(s, data, len, deadline);
	}
	if (err == OK) {
		err = answer_read(out, s, deadline);
	}
	close(s);
	if (err == OK) {
		return ATTEMPT_DONE;
	}
	media_result_clear(out);
	return err == ERR_TIMEOUT ? ATTEMPT_UNREACHABLE : ATTEMPT_DIED;
}

enum err
media_convert(struct media_result *out, const char *socket_path,
    const uint8_t *data, size_t len)
{
	int64_t deadline = clock_mono_ms() + DEADLINE_MS;
	struct media_result result = {.status = MEDIA_NOT_A_PHOTO};

	if (len > MEDIA_BYTES_MAX) {
		*out = (struct media_result){.status = MEDIA_TOO_MANY_BYTES};
		return OK;
	}
	for (int deaths = 0; deaths < DEATHS_MAX; deaths++) {
		enum attempt attempt =
		    attempt_once(&result, socket_path, data, len, deadline);

		if (attempt == ATTEMPT_UNREACHABLE) {
			return ERR_UNAVAILABLE;
		}
		if (attempt == ATTEMPT_DONE) {
			*out = result;
			return OK;
		}
	}
	*out = (struct media_result){.status = MEDIA_NOT_A_PHOTO};
	return OK;
}

void
media_result_clear(struct media_result *result)
{
	heap_wipe(result->full.data, result->full.len);
	heap_wipe(result->thumb.data, result->thumb.len);
	*result = (struct media_result){.status = MEDIA_NOT_A_PHOTO};
}
