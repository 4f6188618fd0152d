/*
 * crm media when something dies: a worker, all of them, the parent.
 *
 * SPDX-License-Identifier: ISC
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>
#include <pwd.h>

#include "media/media.h"
#include "media_service.h"
#include "pictures.h"

/* A worker that used this many ticks is in the middle of the photo. */
#define BUSY_TICKS 4

struct client {
	pthread_t thread;
	const struct buf *picture;
	enum err err;
	struct media_result result;
};

static struct service service;

static int
stop(void **state)
{
	(void)state;
	service_clean(&service);
	service = (struct service){.pid = 0};
	return 0;
}

static void
start(unsigned workers)
{
	if (service_binary() == NULL) {
		print_message("no crm binary, skipped\n");
		skip();
	}
	assert_true(service_start(&service, workers, NULL, NULL));
}

/* Costs a few hundred milliseconds. */
static void
make_slow(struct buf *out)
{
	struct pixels pixels;
	uint32_t random = 1;

	pixels_init(&pixels, 8000, 6000);
	for (size_t i = 0; i < (size_t)8000 * 6000 * 3; i += 3) {
		random = random * 1664525u + 1013904223u;
		pixels.data[i] = (uint8_t)(random >> 29);
	}
	buf_init(out, PICTURE_MAX);
	picture_jpeg(out, &pixels, PICTURE_PROGRESSIVE);
	assert_true(out->len < MEDIA_BYTES_MAX);
	pixels_clear(&pixels);
}

static void *
client_run(void *data)
{
	struct client *client = data;

	client->err = media_convert(&client->result, service.socket,
	    client->picture->data, client->picture->len);
	return NULL;
}

static void
client_start(struct client *client, const struct buf *picture)
{
	*client = (struct client){.picture = picture};
	assert_int_equal(
	    pthread_create(&client->thread, NULL, client_run, client), 0);
}

static void
assert_served(const struct buf *picture)
{
	struct media_result result;

	assert_int_equal(
	    media_convert(&result, service.socket, picture->data, picture->len),
	    OK);
	assert_int_equal(result.status, MEDIA_OK);
	media_result_clear(&result);
}

/* Kills the only worker while it works; returns its pid. */
static pid_t
kill_busy(pid_t but)
{
	int64_t deadline = clock_mono_ms() + SERVICE_DEADLINE_MS;
	pid_t workers[SERVICE_WORKERS_MAX];
	long before;

	assert_true(service_wait_workers(&service, workers, but));
	before = but == 0 ? service_ticks(workers[0]) : 0;
	while (service_ticks(workers[0]) < before + BUSY_TICKS) {
		assert_true(clock_mono_ms() < deadline);
		service_pause();
	}
	assert_int_equal(kill(workers[0], SIGKILL), 0);
	return workers[0];
}

static void
a_photo_survives_the_death_of_its_worker(void **state)
{
	struct client client;
	struct buf picture;

	(void)state;
	start(1);
	make_slow(&picture);
	client_start(&client, &picture);
	(void)kill_busy(0);
	(void)pthread_join(client.thread, NULL);
	assert_int_equal(client.err, OK);
	assert_int_equal(client.result.status, MEDIA_OK);
	media_result_clear(&client.result);
	buf_clear(&picture);
}

static void
a_photo_that_kills_three_is_not_a_photo(void **state)
{
	struct client client;
	struct buf picture;
	pid_t victim;

	(void)state;
	start(1);
	make_slow(&picture);
	client_start(&client, &picture);
	victim = kill_busy(0);
	victim = kill_busy(victim);
	(void)kill_busy(victim);
	(void)pthread_join(client.thread, NULL);
	assert_int_equal(client.err, OK);
	assert_int_equal(client.result.status, MEDIA_NOT_A_PHOTO);
	assert_null(client.result.full.data);
	assert_served(&picture);
	buf_clear(&picture);
}

static void
the_other_worker_stays(void **state)
{
	pid_t before[SERVICE_WORKERS_MAX], after[SERVICE_WORKERS_MAX];
	struct buf picture;

	(void)state;
	start(2);
	make_slow(&picture);
	assert_true(service_wait_workers(&service, before, 0));
	assert_int_equal(kill(before[0], SIGKILL), 0);
	assert_served(&picture);
	assert_true(service_wait_workers(&service, after, before[0]));
	assert_true(after[0] == before[1] || after[1] == before[1]);
	buf_clear(&picture);
}

static void
all_workers_come_back(void **state)
{
	pid_t workers[SERVICE_WORKERS_MAX];
	struct buf picture;

	(void)state;
	start(2);
	make_slow(&picture);
	for (int i = 0; i < 5; i++) {
		assert_true(service_wait_workers(&service, workers, 0));
		assert_int_equal(kill(workers[0], SIGKILL), 0);
		assert_int_equal(kill(workers[1], SIGKILL), 0);
		assert_true(
		    service_wait_workers(&service, workers, workers[0]));
	}
	assert_served(&picture);
	buf_clear(&picture);
}

static void
assert_gone(const pid_t *workers, unsigned count)
{
	int64_t deadline = clock_mono_ms() + SERVICE_DEADLINE_MS;

	for (unsigned i = 0; i < count; i++) {
		while (!service_is_gone(workers[i])) {
			assert_true(clock_mono_ms() < deadline);
			service_pause();
		}
	}
}

static void
sigterm_leaves_no_process_and_no_socket(void **state)
{
	pid_t workers[SERVICE_WORKERS_MAX];

	(void)state;
	start(2);
	assert_true(service_wait_workers(&service, workers, 0));
	assert_int_equal(service_stop(&service), 0);
	assert_true(service_is_gone(workers[0]));
	assert_true(service_is_gone(workers[1]));
	assert_int_equal(access(service.socket, F_OK), -1);
}

static void
sigterm_lets_a_photo_finish(void **state)
{
	pid_t workers[SERVICE_WORKERS_MAX];
	struct client client;
	struct buf picture;
	long before;

	(void)state;
	start(1);
	make_slow(&picture);
	assert_true(service_wait_workers(&service, workers, 0));
	before = service_ticks(workers[0]);
	client_start(&client, &picture);
	while (service_ticks(workers[0]) < before + BUSY_TICKS) {
		service_pause();
	}
	assert_int_equal(service_stop(&service), 0);
	(void)pthread_join(client.thread, NULL);
	assert_int_equal(client.err, OK);
	assert_int_equal(client.result.status, MEDIA_OK);
	media_result_clear(&client.result);
	buf_clear(&picture);
}

static void
workers_die_with_a_killed_parent_and_a_new_one_starts(void **state)
{
	pid_t workers[SERVICE_WORKERS_MAX];
	struct media_result result;
	struct buf picture;

	(void)state;
	start(2);
	make_slow(&picture);
	assert_true(service_wait_workers(&service, workers, 0));
	assert_int_equal(kill(service.pid, SIGKILL), 0);
	assert_int_equal(service_wait_end(&service), 128);
	assert_gone(workers, 2);
	assert_int_equal(access(service.socket, F_OK), 0);
	assert_int_equal(
	    media_convert(&result, service.socket, picture.data, picture.len),
	    ERR_UNAVAILABLE);
	assert_true(service_start(&service, 2, NULL, NULL));
	assert_served(&picture);
	buf_clear(&picture);
}

static int
exit_status(const char *const *arguments)
{
	struct service other = {.pid = fork()};

	if (other.pid == 0) {
		int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);

		(void)dup2(nowhere, STDERR_FILENO);
		(void)execv(service_binary(), (char *const *)arguments);
		_exit(127);
	}
	return service_wait_end(&other);
}

static void
a_second_one_on_the_same_socket_gives_up(void **state)
{
	const char *again[] = {
	    "crm", "media", "--socket", service.socket, NULL};
	const char *nonsense[] = {
	    "crm", "media", "--socket", service.socket, "--workers", "0", NULL};
	struct buf picture;

	(void)state;
	start(1);
	make_slow(&picture);
	assert_int_equal(exit_status(again), 1);
	assert_int_equal(exit_status(nonsense), 2);
	assert_served(&picture);
	buf_clear(&picture);
}

static void
workers_become_another_user(void **state)
{
	const struct passwd *nobody = getpwnam("nobody");
	pid_t workers[SERVICE_WORKERS_MAX];
	struct buf picture;
	struct stat stat_of;

	(void)state;
	if (service_binary() == NULL || geteuid() != 0 || nobody == NULL) {
		skip();
	}
	make_slow(&picture);
	assert_true(service_start(&service, 1, "--user", "nobody"));
	assert_true(service_wait_workers(&service, workers, 0));
	assert_served(&picture);
	assert_int_equal(service_status(workers[0], "Uid"), nobody->pw_uid);
	assert_int_equal(service_status(workers[0], "Gid"), nobody->pw_gid);
	assert_int_equal(service_status(workers[0], "Groups"), 0);
	assert_int_equal(service_status(workers[0], "CapEff"), 0);
	assert_int_equal(stat(service.socket, &stat_of), 0);
	assert_int_equal(stat_of.st_uid, nobody->pw_uid);
	assert_int_equal(stat_of.st_mode & 0777, 0600);
	buf_clear(&picture);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_teardown(
		a_photo_survives_the_death_of_its_worker, stop),
	    cmocka_unit_test_teardown(
		a_photo_that_kills_three_is_not_a_photo, stop),
	    cmocka_unit_test_teardown(the_other_worker_stays, stop),
	    cmocka_unit_test_teardown(all_workers_come_back, stop),
	    cmocka_unit_test_teardown(
		sigterm_leaves_no_process_and_no_socket, stop),
	    cmocka_unit_test_teardown(sigterm_lets_a_photo_finish, stop),
	    cmocka_unit_test_teardown(
		workers_die_with_a_killed_parent_and_a_new_one_starts, stop),
	    cmocka_unit_test_teardown(
		a_second_one_on_the_same_socket_gives_up, stop),
	    cmocka_unit_test_teardown(workers_become_another_user, stop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
