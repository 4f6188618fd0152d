/*
 * Photos in work are bounded in bytes, also those of clients who are gone.
 *
 * SPDX-License-Identifier: ISC
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <poll.h>
#include <string.h>

#include "media/media.h"
#include "photo/intake.h"

#define DEADLINE_MS 20000
/* Of five photos each: five calls fit into 256 MB, six do not. */
#define CALLS 6

static uint8_t photo[MEDIA_BYTES_MAX];

static void
on_wake(struct call *call)
{
	(void)call;
}

static enum err
on_stored(struct call *call)
{
	struct intake_arrays photos;

	return intake_finish(call, &photos);
}

static void
call_begin(struct call *call, const struct service *service)
{
	memset(call, 0, sizeof(*call));
	call_init(call);
	call->arena = arena_new();
	call->service = service;
	call->wake = on_wake;
	for (; call->photo_count < CALL_PHOTOS_MAX; call->photo_count++)
		call->photo[call->photo_count] =
		    (struct call_photo){.data = photo, .len = sizeof(photo)};
}

static void
call_end(struct call *call)
{
	call_drop(call);
	arena_free(call->arena);
}

/* Until some work is done, and its copies are given back. */
static void
pool_wait(struct pool *pool)
{
	struct pollfd one = {.fd = pool_fd(pool), .events = POLLIN};

	assert_int_equal(poll(&one, 1, DEADLINE_MS), 1);
	pool_drain_done(pool);
}

static void
photos_in_work_are_bounded(void **state)
{
	struct service service = {.media_socket = "/nonexistent/media.sock",
	    .photo_directory = "/nonexistent"};
	struct call call[CALLS];
	size_t i;

	(void)state;
	assert_int_equal(pool_new(&service.pool, 1, CALLS), OK);
	for (i = 0; i < CALLS; i++) {
		call_begin(&call[i], &service);
		assert_int_equal(intake_start(&call[i], NULL, on_stored),
		    i < CALLS - 1 ? OK : ERR_UNAVAILABLE);
		/* Gone, but what was begun goes on with its copies. */
		call_end(&call[i]);
	}
	for (i = 0; i < CALLS; i++) {
		call_begin(&call[0], &service);
		while (intake_start(&call[0], NULL, on_stored) != OK)
			pool_wait(service.pool);
		call_end(&call[0]);
	}
	pool_free(service.pool);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(photos_in_work_are_bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
