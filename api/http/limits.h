/*
 * How often a channel may read and write, and how often a network without a
 * key may ask Open311: counted by all workers together, looked at before the
 * body is, said in every answer.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_HTTP_LIMITS_H
#define API_HTTP_LIMITS_H

#include <stdbool.h>
#include <stddef.h>

#include "call/call.h"

/* Of a key that channels sign with; texts are NUL-terminated. */
struct limits_row {
	const char *kid;
	const char *channel_id;
	int reads; /* a minute */
	int writes;
};

/* Before the workers are forked. */
void limits_share(void);
/* Replaces this worker's table of keys. */
void limits_load(const struct limits_row *, size_t count);
/*
 * After the token was verified, and before the body is looked at: takes one of
 * the quota of whom the call is from, if there is one, and notes for the
 * answer what is left. ERR_TOO_MANY when there was none.
 */
must_check enum err limits_check(struct call *, bool is_write);
/* The same for a channel that only its form tells of. */
must_check enum err
limits_write(struct call *, const char *channel_id, int quota);

#endif
