/*
 * A worker of crm media, see worker.h.
 *
 * SPDX-License-Identifier: ISC
 */
#include "media/worker.h"

#include <sys/socket.h>

#include <errno.h>
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "core/clock.h"
#include "core/heap.h"
#include "core/log.h"
#include "media/convert.h"
#include "media/jpeg.h"
#include "media/media.h"
#include "media/pixels.h"
#include "media/wire.h"

/* The other side has the whole photo in memory, so it is never slow. */
#define READ_MS  5000
#define WRITE_MS 5000
/* Larger pieces of memory go back to the kernel, wiped, when freed. */
#define MAP_FROM_BYTES 65536
/* What freed memory of the libraries is overwritten with. */
#define WIPE_BYTE        0x5a
#define FIRST_DESCRIPTOR 3

static bool
picture_write(int s, const struct media_picture *picture, int64_t deadline)
{
	uint8_t head[WIRE_PICTURE_HEAD_LEN];

	wire_put16(head, picture->width);
	wire_put16(head + 2, picture->height);
	wire_put32(head + 4, (uint32_t)picture->len);
	return wire_write(s, head, sizeof(head), deadline) == OK &&
	    wire_write(s, picture->data, picture->len, deadline) == OK;
}

static bool
hashes_write(int s, const uint64_t hash[PHASH_LEN], int64_t deadline)
{
	uint8_t data[PHASH_LEN * WIRE_HASH_LEN];

	for (size_t i = 0; i < PHASH_LEN; i++) {
		wire_put64(data + i * WIRE_HASH_LEN, hash[i]);
	}
	return wire_write(s, data, sizeof(data), deadline) == OK;
}

static void
answer(int s, const struct media_result *result)
{
	int64_t deadline = clock_mono_ms() + WRITE_MS;
	uint8_t status = (uint8_t)result->status;

	if (wire_write(s, &status, 1, deadline) != OK ||
	    result->status != MEDIA_OK) {
		return;
	}
	(void)(picture_write(s, &result->full, deadline) &&
	    picture_write(s, &result->thumb, deadline) &&
	    hashes_write(s, result->hash, deadline));
}

static void
serve(int s)
{
	int64_t deadline = clock_mono_ms() + READ_MS;
	struct media_result result = {.status = MEDIA_TOO_MANY_BYTES};
	uint8_t head[WIRE_REQUEST_HEAD_LEN];
	uint8_t *data = NULL;
	size_t len;

	if (wire_read(s, head, sizeof(head), deadline) != OK ||
	    memcmp(head, WIRE_REQUEST_MAGIC, 4) != 0) {
		return;
	}
	len = wire_get32(head + 4);
	if (len <= MEDIA_BYTES_MAX) {
		data = heap_new(len);
		if (wire_read(s, data, len, deadline) != OK) {
			heap_wipe(data, len);
			return;
		}
		sandbox_clock_start();
		convert_photo(&result, data, len);
		sandbox_clock_stop();
		heap_wipe(data, len);
	}
	answer(s, &result);
	media_result_clear(&result);
}

/*
 * The libraries look at the machine when first used, which the sandbox would
 * forbid: a little picture goes through beforehand.
 */
static enum err
warm_up(void)
{
	struct media_picture picture = {.data = NULL};
	struct media_result result;
	struct pixels pixels;
	enum media_status status;

	pixels_init(&pixels, 64, 48);
	status = jpeg_encode(&picture, &pixels, 90);
	pixels_clear(&pixels);
	if (status != MEDIA_OK) {
		return ERR_BROKEN;
	}
	convert_photo(&result, picture.data, picture.len);
	status = result.status;
	media_result_clear(&result);
	heap_wipe(picture.data, picture.len);
	return status == MEDIA_OK ? OK : ERR_BROKEN;
}

static void
descriptors_close(int listener)
{
	if (listener > FIRST_DESCRIPTOR) {
		(void)close_range(FIRST_DESCRIPTOR, (unsigned)listener - 1, 0);
	}
	(void)close_range((unsigned)listener + 1, ~0u, 0);
}

/* Waits for somebody; SIGTERM gets through only here. */
static void
wait_for_work(int listener)
{
	struct pollfd one = {.fd = listener, .events = POLLIN};
	sigset_t none, waiting;

	sigemptyset(&none);
	if (sigpending(&waiting) == 0 && sigismember(&waiting, SIGTERM)) {
		_exit(0);
	}
	(void)ppoll(&one, 1, NULL, &none);
}

void
worker_run(int listener, const struct sandbox_user *who, pid_t parent)
{
	enum err err;

	descriptors_close(listener);
	(void)mallopt(M_MMAP_THRESHOLD, MAP_FROM_BYTES);
	(void)mallopt(M_PERTURB, WIPE_BYTE);
	err = warm_up();
	if (err == OK) {
		err = sandbox_enter(who, parent);
	}
	if (err != OK) {
		log_event(LOG_LEVEL_ERROR, "media_sandbox_failed");
		_exit(1);
	}
	for (;;) {
		int s;

		wait_for_work(listener);
		s = accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
		if (s >= 0) {
			serve(s);
			close(s);
		} else if (errno != EAGAIN && errno != EINTR &&
		    errno != ECONNABORTED) {
			_exit(1);
		}
	}
}
