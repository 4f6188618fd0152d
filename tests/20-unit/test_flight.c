/*
 * Requests to receivers: no connection is made to an address of the inside,
 * whatever name led there, and every request ends.
 *
 * SPDX-License-Identifier: ISC
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/buf.h"
#include "core/clock.h"
#include "webhook/flight.h"

#define EVENT    "11111111-1111-4111-8111-111111111111"
#define RECEIVER "22222222-2222-4222-8222-222222222222"
#define WAIT_MS  10000

static struct flight_order
order_to(const char *url)
{
	return (struct flight_order){
	    EVENT, RECEIVER, "jaki", url, "1614265330", "v1,x", "{}", 1000};
}

/* A listener on a free port of loopback; the port. */
static int
listener_new(int *port)
{
	struct sockaddr_in address = {.sin_family = AF_INET};
	socklen_t len = sizeof(address);
	int s = socket(AF_INET, SOCK_STREAM, 0);

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	assert_int_equal(bind(s, (struct sockaddr *)&address, len), 0);
	assert_int_equal(listen(s, 4), 0);
	assert_int_equal(getsockname(s, (struct sockaddr *)&address, &len), 0);
	*port = ntohs(address.sin_port);
	return s;
}

static bool
was_called(int listener)
{
	struct pollfd poll_fd = {.fd = listener, .events = POLLIN};

	return poll(&poll_fd, 1, 0) > 0;
}

static struct flight_end
fly(bool is_open, const char *site, int port)
{
	struct flights *flights = flight_all_new(is_open, "/nonexistent");
	struct flight_end end = {0};
	struct flight_order order;
	char url[128];
	int64_t until = clock_mono_ms() + WAIT_MS;

	snprintf(url, sizeof(url), "%s:%d/", site, port);
	order = order_to(url);
	assert_non_null(flights);
	assert_int_equal(flight_start(flights, &order), OK);
	assert_int_equal(flight_count(flights), 1);
	while (!flight_take(flights, &end) && clock_mono_ms() < until) {
		flight_wait(flights, -1, 50);
	}
	assert_int_equal(flight_count(flights), 0);
	flight_all_free(flights);
	assert_string_equal(end.id, EVENT);
	assert_string_equal(end.channel, "jaki");
	return end;
}

static void
inside_is_not_connected_to(void **state)
{
	static const char *const URLS[] = {"https://127.0.0.1",
	    "https://localhost", "https://127.1", "https://0x7f.1",
	    "https://[::ffff:127.0.0.1]", "https://0.0.0.0"};
	int port, listener = listener_new(&port);

	(void)state;
	for (size_t i = 0; i < sizeof(URLS) / sizeof(URLS[0]); i++) {
		struct flight_end end = fly(false, URLS[i], port);
		assert_string_equal(end.outcome, "failed");
		assert_string_equal(end.answer, "address not public");
		assert_false(was_called(listener));
	}
	close(listener);
}

static void
only_https_is_spoken(void **state)
{
	int port, listener = listener_new(&port);
	struct flight_end end = fly(false, "http://127.0.0.1", port);

	(void)state;
	assert_string_equal(end.answer, "not https");
	end = fly(true, "ftp://127.0.0.1", port);
	assert_string_equal(end.answer, "not https");
	assert_false(was_called(listener));
	close(listener);
}

static void
silence_ends_in_time(void **state)
{
	int port, listener = listener_new(&port);
	struct flight_end end = fly(true, "http://127.0.0.1", port);

	(void)state;
	assert_string_equal(end.answer, "timeout");
	assert_string_equal(end.outcome, "failed");
	assert_true(end.ms >= 900 && end.ms < WAIT_MS);
	assert_true(was_called(listener));
	close(listener);
	end = fly(true, "http://127.0.0.1", port);
	assert_string_equal(end.answer, "no connection");
}

static void
what_is_under_way_is_told(void **state)
{
	int port, listener = listener_new(&port);
	struct flights *flights = flight_all_new(true, "/nonexistent");
	struct flight_order order;
	struct buf ids, at;
	char url[64];

	(void)state;
	snprintf(url, sizeof(url), "http://127.0.0.1:%d/", port);
	order = order_to(url);
	buf_init(&ids, 256);
	buf_init(&at, 256);
	flight_busy(flights, &ids, &at);
	assert_string_equal((char *)ids.data, "{}");
	buf_reset(&ids);
	buf_reset(&at);
	assert_int_equal(flight_start(flights, &order), OK);
	assert_int_equal(flight_start(flights, &order), OK);
	flight_busy(flights, &ids, &at);
	assert_string_equal((char *)ids.data, "{" EVENT "," EVENT "}");
	assert_string_equal((char *)at.data, "{" RECEIVER "," RECEIVER "}");
	buf_clear(&ids);
	buf_clear(&at);
	flight_all_free(flights);
	close(listener);
}

static void
there_is_an_end_of_places(void **state)
{
	struct flights *flights = flight_all_new(true, "/nonexistent");
	struct flight_order order = order_to("http://127.0.0.1:1/");

	(void)state;
	for (int i = 0; i < FLIGHT_MAX; i++) {
		assert_int_equal(flight_start(flights, &order), OK);
	}
	assert_int_equal(flight_start(flights, &order), ERR_TOO_MANY);
	flight_all_free(flights);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(inside_is_not_connected_to),
	    cmocka_unit_test(only_https_is_spoken),
	    cmocka_unit_test(silence_ends_in_time),
	    cmocka_unit_test(what_is_under_way_is_told),
	    cmocka_unit_test(there_is_an_end_of_places),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
