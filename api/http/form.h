/*
 * Bodies of forms: application/x-www-form-urlencoded, or multipart/form-data
 * with photos. Names may repeat and may end in "[]"; what they mean is for the
 * handler to know. Pure.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_HTTP_FORM_H
#define API_HTTP_FORM_H

#include <stddef.h>
#include <stdint.h>

#include "call/call.h"
#include "core/err.h"

#define FORM_BYTES_MAX (64u * 1024) /* of all fields together */

/*
 * Into call->form, in the arena, and call->photo, borrowed from the body.
 * Values are UTF-8 without control characters but tabs and line ends, which
 * become "\n"; a field without "=" is empty. Photos are parts called "photo" or
 * "media", with or without "[]", and parts of a type "image/…"; empty ones are
 * what browsers send for a field nobody filled in. ERR_MEDIA_TYPE,
 * ERR_TOO_LARGE; ERR_MALFORMED or ERR_INVALID with the fault named.
 */
must_check enum err form_read(
    struct call *, const char *content_type, const uint8_t *body, size_t len);

#endif
