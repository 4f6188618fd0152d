/*
 * The JSON of a step of work: checked member by member, then handed on to the
 * database as one document. Which members a step must and may have is said by
 * the database's rules.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_EVENT_STEP_H
#define API_EVENT_STEP_H

#include "call/input.h"

struct step {
	const char *type;
	const char *body; /* wire members under their wire names, as JSON */
};

/*
 * Notes every fault; check input_is_good(). beside: one more member that the
 * caller reads itself, or NULL. What a channel writes, and a description
 * whoever wrote it, is masked, and a description is followed by
 * "description_public". All in the arena.
 */
void step_read(struct step *, const struct input *body, const char *beside);

#endif
