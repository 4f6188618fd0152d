/*
 * crm media as the server meets it: answers, limits, many clients at once.
 *
 * SPDX-License-Identifier: ISC
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>

#include "media/media.h"
#include "media/wire.h"
#include "media_service.h"
#include "pictures.h"

#define CLIENTS    20
#define RSS_KB_MAX (256 * 1024)

struct client {
	pthread_t thread;
	const char *socket;
	const struct buf *picture;
	enum err err;
	struct media_result result;
};

static struct service service;

static int
start(void **state)
{
	(void)state;
	if (service_binary() == NULL) {
		return 0;
	}
	return service_start(&service, 2, NULL, NULL) ? 0 : -1;
}

static int
stop(void **state)
{
	(void)state;
	service_clean(&service);
	return 0;
}

static void
need_service(void)
{
	if (service_binary() == NULL) {
		print_message("no crm binary, skipped\n");
		skip();
	}
}

static void
make(struct buf *out, unsigned width, unsigned height, enum picture_jpeg kind)
{
	struct pixels pixels;

	picture_paint(&pixels, width, height);
	buf_init(out, PICTURE_MAX);
	picture_jpeg(out, &pixels, kind);
	pixels_clear(&pixels);
}

static enum media_status
status_of(const void *data, size_t len)
{
	struct media_result result;
	enum media_status status;

	assert_int_equal(media_convert(&result, service.socket, data, len), OK);
	status = result.status;
	media_result_clear(&result);
	return status;
}

static void
a_photo_comes_back_in_two_sizes(void **state)
{
	struct media_result result;
	struct buf picture;

	(void)state;
	need_service();
	make(&picture, 3000, 2000, PICTURE_BASELINE);
	assert_int_equal(
	    media_convert(&result, service.socket, picture.data, picture.len),
	    OK);
	assert_int_equal(result.status, MEDIA_OK);
	assert_int_equal(result.full.width, 1600);
	assert_int_equal(result.full.height, 1067);
	assert_int_equal(result.thumb.width, 480);
	assert_int_equal(result.thumb.height, 320);
	assert_memory_equal(result.full.data, "\xff\xd8\xff", 3);
	assert_memory_equal(result.thumb.data, "\xff\xd8\xff", 3);
	media_result_clear(&result);
	buf_clear(&picture);
}

static void
refusals_have_their_status_and_kill_nobody(void **state)
{
	pid_t before[SERVICE_WORKERS_MAX], after[SERVICE_WORKERS_MAX];
	uint8_t bomb[57] = "\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR"
			   "\0\0\x75\x30\0\0\x75\x30\x08\2\0\0\0";
	uint8_t *large = heap_new(MEDIA_BYTES_MAX + 1);

	(void)state;
	need_service();
	memcpy(bomb + 33, "\0\0\0\0IDAT\0\0\0\0\0\0\0\0IEND\0\0\0\0", 24);
	assert_int_equal(service_children(&service, before), 2);
	assert_int_equal(status_of("", 0), MEDIA_NOT_A_PHOTO);
	assert_int_equal(status_of("not a photo", 11), MEDIA_NOT_A_PHOTO);
	assert_int_equal(status_of(bomb, sizeof(bomb)), MEDIA_TOO_MANY_PIXELS);
	assert_int_equal(
	    status_of(large, MEDIA_BYTES_MAX + 1), MEDIA_TOO_MANY_BYTES);
	assert_int_equal(status_of(large, MEDIA_BYTES_MAX), MEDIA_NOT_A_PHOTO);
	assert_int_equal(service_children(&service, after), 2);
	assert_memory_equal(before, after, 2 * sizeof(before[0]));
	heap_free(large);
}

/* A client of our own would not ask; the service looks all the same. */
static void
a_length_over_the_limit_is_refused_unread(void **state)
{
	uint8_t head[WIRE_REQUEST_HEAD_LEN] = "CRMP\xff\xff\xff\xff";
	uint8_t status = 0;
	int s;

	(void)state;
	need_service();
	s = service_connect(&service);
	assert_true(s >= 0);
	assert_int_equal(send(s, head, sizeof(head), MSG_NOSIGNAL), 8);
	assert_int_equal(recv(s, &status, 1, 0), 1);
	assert_int_equal(status, MEDIA_TOO_MANY_BYTES);
	assert_int_equal(recv(s, &status, 1, 0), 0);
	close(s);
}

static void
noise_instead_of_a_request_is_hung_up_on(void **state)
{
	uint8_t answer;
	int s;

	(void)state;
	need_service();
	s = service_connect(&service);
	assert_true(s >= 0);
	assert_int_equal(send(s, "GET / HTTP/1.1\r\n", 8, MSG_NOSIGNAL), 8);
	assert_true(recv(s, &answer, 1, 0) <= 0);
	close(s);
}

static void
a_silent_client_blocks_one_worker_for_a_while_only(void **state)
{
	struct pollfd one = {.events = POLLIN};
	struct buf picture;

	(void)state;
	need_service();
	make(&picture, 640, 480, PICTURE_BASELINE);
	one.fd = service_connect(&service);
	assert_true(one.fd >= 0);
	assert_int_equal(send(one.fd, "CRMP\0\0\1\0", 8, MSG_NOSIGNAL), 8);
	assert_int_equal(status_of(picture.data, picture.len), MEDIA_OK);
	assert_int_equal(status_of(picture.data, picture.len), MEDIA_OK);
	assert_int_equal(poll(&one, 1, SERVICE_DEADLINE_MS), 1);
	close(one.fd);
	buf_clear(&picture);
}

static void *
client_run(void *data)
{
	struct client *client = data;

	client->err = media_convert(&client->result, client->socket,
	    client->picture->data, client->picture->len);
	return NULL;
}

static void
twenty_clients_are_all_served(void **state)
{
	struct client clients[CLIENTS];
	struct buf picture;

	(void)state;
	need_service();
	make(&picture, 4000, 3000, PICTURE_BASELINE);
	for (size_t i = 0; i < CLIENTS; i++) {
		clients[i] = (struct client){
		    .socket = service.socket, .picture = &picture};
		assert_int_equal(pthread_create(&clients[i].thread, NULL,
				     client_run, &clients[i]),
		    0);
	}
	for (size_t i = 0; i < CLIENTS; i++) {
		(void)pthread_join(clients[i].thread, NULL);
		assert_int_equal(clients[i].err, OK);
		assert_int_equal(clients[i].result.status, MEDIA_OK);
		assert_int_equal(clients[i].result.full.width, 1600);
		media_result_clear(&clients[i].result);
	}
	buf_clear(&picture);
}

static void
large_photos_of(struct buf *out, int kind)
{
	struct pixels pixels;

	picture_paint(&pixels, 10000, 5000);
	buf_init(out, PICTURE_MAX);
	switch (kind) {
	case 0:
		picture_jpeg(out, &pixels, PICTURE_PROGRESSIVE);
		break;
	case 1:
		picture_png(out, pixels.data, 10000, 5000, PNG_FORMAT_RGB);
		break;
	default:
		picture_webp(out, pixels.data, 10000, 5000, 3, kind == 2);
		break;
	}
	pixels_clear(&pixels);
}

static void
fifty_megapixels_fit_in_the_memory_allowed(void **state)
{
	pid_t workers[SERVICE_WORKERS_MAX];

	(void)state;
	need_service();
	for (int kind = 0; kind < 4; kind++) {
		struct buf picture;

		large_photos_of(&picture, kind);
		for (int i = 0; i < 4; i++) {
			assert_int_equal(
			    status_of(picture.data, picture.len), MEDIA_OK);
		}
		buf_clear(&picture);
	}
	assert_int_equal(service_children(&service, workers), 2);
	for (unsigned i = 0; i < 2; i++) {
		print_message("most memory of a worker: %ld kB, now %ld kB\n",
		    service_status(workers[i], "VmHWM"),
		    service_status(workers[i], "VmRSS"));
#ifndef CRM_SANITIZED
		assert_in_range(
		    service_status(workers[i], "VmHWM"), 1, RSS_KB_MAX);
		assert_in_range(
		    service_status(workers[i], "VmRSS"), 1, 32 * 1024);
#endif
	}
}

static void
a_worker_may_do_next_to_nothing(void **state)
{
	pid_t workers[SERVICE_WORKERS_MAX];

	(void)state;
	need_service();
	assert_int_equal(service_children(&service, workers), 2);
	for (unsigned i = 0; i < 2; i++) {
		assert_int_equal(service_status(workers[i], "NoNewPrivs"), 1);
#ifndef CRM_SANITIZED
		assert_int_equal(service_status(workers[i], "Seccomp"), 2);
#endif
	}
}

#ifndef CRM_SANITIZED
/* Whether a process still holds the text in memory it can write. */
static bool
holds(pid_t pid, const char *text)
{
	char path[64], line[512];
	bool is_found = false;
	FILE *maps;
	int memory;

	(void)snprintf(path, sizeof(path), "/proc/%d/mem", pid);
	memory = open(path, O_RDONLY | O_CLOEXEC);
	(void)snprintf(path, sizeof(path), "/proc/%d/maps", pid);
	maps = fopen(path, "re");
	assert_true(memory >= 0 && maps != NULL);
	while (fgets(line, sizeof(line), maps) != NULL) {
		char *end;
		unsigned long from = strtoul(line, &end, 16);
		unsigned long to = strtoul(end + 1, &end, 16);
		uint8_t *copy;
		ssize_t len;

		if (strncmp(end, " rw", 3) != 0) {
			continue;
		}
		copy = heap_new(to - from);
		len = pread(memory, copy, to - from, (off_t)from);
		is_found = is_found ||
		    (len > 0 &&
			memmem(copy, (size_t)len, text, strlen(text)) != NULL);
		heap_free(copy);
	}
	(void)fclose(maps);
	close(memory);
	return is_found;
}

static void
nothing_of_a_photo_stays_in_memory(void **state)
{
	pid_t workers[SERVICE_WORKERS_MAX];
	struct buf picture;

	(void)state;
	need_service();
	if (geteuid() != 0) {
		skip();
	}
	make(&picture, 640, 480, PICTURE_BASELINE);
	for (int i = 0; i < 3; i++) {
		picture_jpeg_segment(
		    &picture, 0xe1, "Exif\0", 6, MARKER, sizeof(MARKER));
		picture_jpeg_segment(
		    &picture, 0xfe, "", 0, MARKER, sizeof(MARKER));
		buf_put(&picture, MARKER, sizeof(MARKER));
	}
	for (int i = 0; i < 10; i++) {
		assert_int_equal(
		    status_of(picture.data, picture.len), MEDIA_OK);
	}
	assert_int_equal(service_children(&service, workers), 2);
	assert_true(holds(getpid(), MARKER));
	assert_false(holds(workers[0], MARKER));
	assert_false(holds(workers[1], MARKER));
	buf_clear(&picture);
}
#endif

static void
nobody_behind_the_socket_is_said_at_once(void **state)
{
	int64_t since = clock_mono_ms();
	struct media_result result;

	(void)state;
	assert_int_equal(
	    media_convert(&result, "/tmp/crm-media-none/media.sock", NULL, 0),
	    ERR_UNAVAILABLE);
	assert_true(clock_mono_ms() - since < 2000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_photo_comes_back_in_two_sizes),
	    cmocka_unit_test(refusals_have_their_status_and_kill_nobody),
	    cmocka_unit_test(a_length_over_the_limit_is_refused_unread),
	    cmocka_unit_test(noise_instead_of_a_request_is_hung_up_on),
	    cmocka_unit_test(
		a_silent_client_blocks_one_worker_for_a_while_only),
	    cmocka_unit_test(twenty_clients_are_all_served),
	    cmocka_unit_test(fifty_megapixels_fit_in_the_memory_allowed),
	    cmocka_unit_test(a_worker_may_do_next_to_nothing),
#ifndef CRM_SANITIZED
	    cmocka_unit_test(nothing_of_a_photo_stays_in_memory),
#endif
	    cmocka_unit_test(nobody_behind_the_socket_is_said_at_once),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
