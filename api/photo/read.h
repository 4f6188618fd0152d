/*
 * A file of the photo store on its way to a reader whom the database let
 * through.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_PHOTO_READ_H
#define API_PHOTO_READ_H

#include "call/call.h"

/*
 * Reads the file on a pool thread and answers with it. The name is the row's
 * column, and the row's visibility the level.
 */
must_check enum err
photo_read(struct call *, const struct policy_row *, const char *column);

#endif
