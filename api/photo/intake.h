/*
 * Photos that come with a report or an event: converted by crm media, sealed
 * when the report is private, written to the store; only then the database
 * hears of them. Orphans of a failure are swept by crm jobs.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_PHOTO_INTAKE_H
#define API_PHOTO_INTAKE_H

#include "call/call.h"

/* Array parameters for the database, in the call's arena. */
struct intake_arrays {
	const char *ids;
	const char *full_names;
	const char *thumb_names;
	const char *widths;
	const char *heights;
	const char *hashes; /* PHASH_LEN for each photo */
};

/*
 * Stores call->photo[] on a pool thread, then runs next. key: seals them
 * (SEAL_KEY_LEN bytes, copied), NULL stores them in clear. With no photos it
 * runs next at once. ERR_UNAVAILABLE when too many photos are in work, some
 * perhaps of clients who are gone.
 */
must_check enum err
intake_start(struct call *, const uint8_t *key, call_fn next);
/*
 * In next: the stored photos, or a fault per photo that was refused
 * (ERR_INVALID, pointer "/photos/0"). Sets the digests of call->photo[].
 */
must_check enum err intake_finish(struct call *, struct intake_arrays *out);
/*
 * After that: key, by which they were sealed, wrapped to the vault for each of
 * them as "photo:<id>". An array parameter, in the call's arena.
 */
must_check enum err
intake_keys(struct call *, const uint8_t key[32], const char **out);

#endif
