/*
 * What every call of a worker shares, made once when the worker starts.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_CALL_SERVICE_H
#define API_CALL_SERVICE_H

#include "auth/keys.h"
#include "core/pool.h"
#include "core/seal.h"

struct service {
	const struct keys *keys;
	const struct seal_public *identity; /* the vault's public key */
	struct pool *pool;
	const char *media_socket; /* "run/media.sock" below the jail */
	const char *photo_directory; /* "photos" below the jail */
};

#endif
