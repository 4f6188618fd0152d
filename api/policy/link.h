/*
 * Links of Open311: absolute, for clients that know nothing else of us.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_POLICY_LINK_H
#define API_POLICY_LINK_H

#include <stdint.h>

#include "auth/keys.h"
#include "core/buf.h"

/* What links are made of. */
struct link_base {
	const char *host; /* as the client calls us */
	const struct keys *keys;
	int64_t now_ms;
};

/* "https://…" to a photo by its id, for a minute. */
void link_photo(struct buf *, const struct link_base *, const char *photo);

#endif
