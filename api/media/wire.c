/*
 * Reading and writing with deadlines, see wire.h.
 *
 * SPDX-License-Identifier: ISC
 */
#include "media/wire.h"

#include <sys/socket.h>

#include <errno.h>
#include <poll.h>

#include "core/clock.h"

static enum err
ready(int socket, short events, int64_t deadline)
{
	struct pollfd one = {.fd = socket, .events = events};
	int64_t left = deadline - clock_mono_ms();
	int count;

	if (left <= 0) {
		return ERR_TIMEOUT;
	}
	count = poll(&one, 1, left > 60000 ? 60000 : (int)left);
	if (count < 0 && errno != EINTR) {
		return ERR_UNAVAILABLE;
	}
	return OK;
}

enum err
wire_read(int socket, void *out, size_t len, int64_t deadline)
{
	uint8_t *next = out;

	while (len > 0) {
		ssize_t count = recv(socket, next, len, MSG_DONTWAIT);

		if (count > 0) {
			next += count;
			len -= (size_t)count;
			continue;
		}
		if (count == 0 ||
		    (errno != EAGAIN && errno != EWOULDBLOCK &&
			errno != EINTR)) {
			return ERR_UNAVAILABLE;
		}

		enum err err = ready(socket, POLLIN, deadline);

		if (err != OK) {
			return err;
		}
	}
	return OK;
}

enum err
wire_write(int socket, const void *data, size_t len, int64_t deadline)
{
	const uint8_t *next = data;

	while (len > 0) {
		ssize_t count =
		    send(socket, next, len, MSG_DONTWAIT | MSG_NOSIGNAL);

		if (count > 0) {
			next += count;
			len -= (size_t)count;
			continue;
		}
		if (count < 0 && errno != EAGAIN && errno != EWOULDBLOCK &&
		    errno != EINTR) {
			return ERR_UNAVAILABLE;
		}

		enum err err = ready(socket, POLLOUT, deadline);

		if (err != OK) {
			return err;
		}
	}
	return OK;
}

uint32_t
wire_get16(const uint8_t data[2])
{
	return (uint32_t)data[0] << 8 | data[1];
}

uint32_t
wire_get32(const uint8_t data[4])
{
	return wire_get16(data) << 16 | wire_get16(data + 2);
}

uint64_t
wire_get64(const uint8_t data[8])
{
	return (uint64_t)wire_get32(data) << 32 | wire_get32(data + 4);
}

void
wire_put16(uint8_t out[2], uint32_t number)
{
	out[0] = (uint8_t)(number >> 8);
	out[1] = (uint8_t)number;
}

void
wire_put32(uint8_t out[4], uint32_t number)
{
	wire_put16(out, number >> 16);
	wire_put16(out + 2, number);
}

void
wire_put64(uint8_t out[8], uint64_t number)
{
	wire_put32(out, (uint32_t)(number >> 32));
	wire_put32(out + 4, (uint32_t)number);
}
