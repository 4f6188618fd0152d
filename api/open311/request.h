/*
 * Service requests: public reports, as the database's api.request_list() is
 * asked for them.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_OPEN311_REQUEST_H
#define API_OPEN311_REQUEST_H

#include "call/call.h"

/* Parameters as text; NULL does not narrow. */
struct request_wanted {
	const char *ids; /* {uuid,…} */
	const char *codes; /* {"…",…} */
	const char *is_open;
	const char *received_from;
	const char *received_to;
	const char *updated_from;
	const char *updated_to;
	const char *lat;
	const char *lng;
	const char *radius;
	const char *offset;
	const char *limit;
};

/* Then route->answer runs. */
must_check enum err request_ask(struct call *, const struct request_wanted *);

#endif
