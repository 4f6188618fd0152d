/*
 * What the operations on channels share.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_CHANNEL_CHANNEL_H
#define API_CHANNEL_CHANNEL_H

#include "call/input.h"

#define CHANNEL_NAME_MAX  80
#define CHANNEL_LIMIT_MAX 1000000

/* How many requests a minute, as text for the database, or NULL. */
static inline const char *
channel_limit(const struct input *body, const char *name)
{
	return input_whole(body, name, INPUT_OPTIONAL, 1, CHANNEL_LIMIT_MAX);
}

#endif
