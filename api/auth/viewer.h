/*
 * Who is asking: made from a session or a channel's key, checked by the
 * database in the same transaction as the work itself.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_AUTH_VIEWER_H
#define API_AUTH_VIEWER_H

#include <stdbool.h>
#include <stdint.h>

enum reader {
#define READER(name, wire, session) READER_##name,
#include "core/labels.def"
#undef READER
	READER__COUNT
};

#define VIEWER_OFFICER    (1u << READER_OFFICER)
#define VIEWER_SUPERVISOR (1u << READER_SUPERVISOR)
#define VIEWER_TRIAGE     (1u << READER_TRIAGE)
#define VIEWER_VALIDATOR  (1u << READER_VALIDATOR)
#define VIEWER_PRIVACY    (1u << READER_PRIVACY)
#define VIEWER_ADMIN      (1u << READER_ADMIN)
#define VIEWER_CHANNEL    (1u << READER_CHANNEL)
#define VIEWER_PUBLIC     (1u << READER_PUBLIC)
#define VIEWER_WORK                                                            \
	(VIEWER_OFFICER | VIEWER_SUPERVISOR | VIEWER_TRIAGE | VIEWER_VALIDATOR)
#define VIEWER_STAFF (VIEWER_WORK | VIEWER_PRIVACY | VIEWER_ADMIN)

struct viewer {
	enum reader reader; /* READER_PUBLIC until known */
	bool is_known;
	const char *key_id; /* channel: kid of the verified token */
	const uint8_t *api_key; /* or, in Open311: digest of the key sent */
	const char *unit_id; /* officers; borrowed from the call's batch */
	const char *name;
};

#endif
