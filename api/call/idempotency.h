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
 * key: NULL data when there was no header. request covers the JSON and all
 * photos, not the multipart wrapping, which changes with each try. Refuses a
 * key longer than 200 characters, and none at all when it is required
 * (ERR_MALFORMED).
 */
must_check enum err idempotency_read(struct call *, bool is_required,
    struct db_param *key, struct db_param *request);

#endif
