/*
 * Links to photos for those who have no session: they name no photo to anybody
 * but us, cannot be guessed or made, and end after a minute. Whether the photo
 * may be seen is asked of the database each time all the same.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_AUTH_PHOTO_LINK_H
#define API_AUTH_PHOTO_LINK_H

#include <stdint.h>

#include "auth/keys.h"
#include "core/err.h"
#include "core/uuid.h"

#define PHOTO_LINK_LEN     64
#define PHOTO_LINK_SECONDS 60

/* photo: a valid id. ERR_BROKEN when OpenSSL fails. */
must_check enum err photo_link_make(char out[PHOTO_LINK_LEN + 1],
    const struct keys *, const char *photo, int64_t now_ms);
/* ERR_NOT_FOUND for what was not made here, or too long ago. */
must_check enum err photo_link_read(char photo[UUID_LEN + 1],
    const struct keys *, const char *link, int64_t now_ms);

#endif
