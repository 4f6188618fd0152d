/*
 * The Idempotency-Key of a write, as the database gets it: keyed hashes, so
 * that neither keys nor requests can be guessed from a dump.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_CALL_IDEMPOTENCY_H
#define API_CALL_IDEMPOTENCY_H

#include "call/call.h"

/*
 * Data is NULL when there was no header. Refuses a key longer than 200
 * characters, and none at all when it is required (ERR_MALFORMED).
 */
must_check enum err
idempotency_key(struct call *, bool is_required, struct db_param *out);
/*
 * Covers the JSON and all photos by their digests, which intake_finish() sets;
 * not the multipart wrapping, which changes with each try. Data is NULL when
 * there was no header.
 */
void idempotency_request(struct call *, struct db_param *out);

#endif
