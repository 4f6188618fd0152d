/*
 * Requests to receivers that are under way. A request is one try of one
 * event; its end is reported once.
 *
 * Whatever the receiver does costs us one socket, 64 kB to read and the time
 * limit. What it answers is thrown away but for the status.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_WEBHOOK_FLIGHT_H
#define API_WEBHOOK_FLIGHT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/buf.h"
#include "core/err.h"
#include "core/uuid.h"

/* So many receivers may be registered, and each has so many places. */
#define FLIGHT_ROOM 8
#define FLIGHT_MAX  (64 * FLIGHT_ROOM)

#define FLIGHT_ANSWER_MAX  40
#define FLIGHT_CHANNEL_MAX 40

struct flight_order {
	const char *id; /* UUID of the event */
	const char *webhook_id; /* UUID of the receiver */
	const char *channel;
	const char *url;
	const char *timestamp;
	const char *signature;
	const char *body;
	int64_t limit_ms;
};

struct flight_end {
	char id[UUID_LEN + 1];
	char channel[FLIGHT_CHANNEL_MAX + 1];
	const char *outcome; /* "delivered", "failed", "gone" */
	char answer[FLIGHT_ANSWER_MAX + 1]; /* "status 500", "timeout", … */
	int64_t ms;
};

struct flights;

/* is_open allows plain http and private addresses, and trusts ca besides the
 * authorities of the system. NULL when libcurl does not start. */
struct flights *flight_all_new(bool is_open, const char *ca);
/* Breaks off what is under way. NULL is legal. */
void flight_all_free(struct flights *);

/* Everything is copied. ERR_TOO_MANY when there is no place. */
must_check enum err
flight_start(struct flights *, const struct flight_order *order);
/* Waits until something happened, fd is readable or the time is over. */
void flight_wait(struct flights *, int fd, int ms);
/* The next that ended; false when none did. */
bool flight_take(struct flights *, struct flight_end *out);
size_t flight_count(const struct flights *);
/* Text arrays for the database: events, and their receivers. */
void flight_busy(const struct flights *, struct buf *ids, struct buf *at);

#endif
