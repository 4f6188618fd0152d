/*
 * The kinds of reader by their names on the wire.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_AUTH_READER_H
#define API_AUTH_READER_H

#include <stdbool.h>

#include "auth/viewer.h"
#include "core/err.h"

/* "officer"; static text. */
const char *reader_wire(enum reader);
/* ERR_NOT_FOUND when there is no such reader. */
must_check enum err reader_find(enum reader *out, const char *wire);
/* True for those who sign in with a session. */
bool reader_has_session(enum reader);

#endif
