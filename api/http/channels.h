/*
 * This worker's table of the channels' keys: read at the start, once a minute,
 * and at most once a second when a token names a key that is not there.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_HTTP_CHANNELS_H
#define API_HTTP_CHANNELS_H

#include <sys/queue.h>

#include "auth/jwt.h"
#include "core/err.h"

/* Someone who waits for the keys; zeroed, owned by whoever waits. */
struct channels_wait {
	void (*done)(struct channels_wait *); /* once, on the event loop */
	TAILQ_ENTRY(channels_wait) list;
	enum err err; /* how the reading ended, when done is called */
	bool is_listed;
};

/* Once per worker. */
void channels_start(void);
struct jwt_verifier *channels_verifier(void);
/* Waits for keys read from now on: up to a second when they were read a moment
 * ago. ERR_UNAVAILABLE when the database cannot be asked. */
must_check enum err channels_refresh(struct channels_wait *);
/* Legal when it does not wait. */
void channels_forget(struct channels_wait *);

#endif
