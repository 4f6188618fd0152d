/*
 * This worker's table of the channels' keys: read at the start, every 45
 * seconds, and when a token names a key that is not there, but at most five
 * times a second. Whoever waits gets a reading that began after the asking, so
 * that a key is good from the moment it is registered.
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
	bool is_late; /* needs a batch that is not sent yet */
};

/* Once per worker. */
void channels_start(void);
struct jwt_verifier *channels_verifier(void);
/* ERR_UNAVAILABLE when too many wait or the database cannot be asked. */
must_check enum err channels_refresh(struct channels_wait *);
/* Legal when it does not wait. */
void channels_forget(struct channels_wait *);

#endif
