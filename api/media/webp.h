/*
 * WebP through libwebp.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_MEDIA_WEBP_H
#define API_MEDIA_WEBP_H

#include <stddef.h>
#include <stdint.h>

#include "media/header.h"
#include "media/media.h"
#include "media/pixels.h"

/*
 * Longest side at most longest, transparent parts over white, not yet turned
 * upright. out is initialised and owned by the caller when MEDIA_OK.
 */
must_check enum media_status webp_decode(struct pixels *out,
    const struct header *, const uint8_t *data, size_t len, unsigned longest);

#endif
