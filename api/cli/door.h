/*
 * How a command comes to the API as a channel: the key it signs with, what its
 * tokens say, where the server is. On a demo instance the channel's name is
 * enough: demo.json says the rest.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_CLI_DOOR_H
#define API_CLI_DOOR_H

#include <stdbool.h>

#include "auth/jwt.h"
#include "core/json.h"

/* Texts are borrowed from the command line or from demo. */
struct door {
	const char *key_path;
	struct jwt_row row; /* without the public key */
	const char *url;
	const char *ca_path;
	cJSON *demo;
};

/* Rows of a command's table for getopt_long(). */
#define DOOR_OPTIONS                                                           \
	{"key", required_argument, NULL, 'k'},                                 \
	    {"kid", required_argument, NULL, 'd'},                             \
	    {"alg", required_argument, NULL, 'a'},                             \
	    {"issuer", required_argument, NULL, 'i'},                          \
	{                                                                      \
		"audience", required_argument, NULL, 'u'                       \
	}
#define DOOR_URL_OPTIONS                                                       \
	{"url", required_argument, NULL, 'U'},                                 \
	{                                                                      \
		"ca", required_argument, NULL, 'C'                             \
	}

/* Takes one of the options above; false when it is none of them. */
bool door_option(struct door *, int option, const char *value);
/*
 * Fills in what the options left out. ERR_NOT_FOUND, after saying so, when the
 * key or what its tokens say is still not known.
 */
must_check enum err door_open(struct door *, const char *channel);
/* A token, with a NUL behind it. Says what went wrong. */
must_check enum err
door_token(struct buf *out, const struct door *, int64_t minutes);
void door_clear(struct door *);

#endif
