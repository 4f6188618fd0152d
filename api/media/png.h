/*
 * PNG through libpng.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_MEDIA_PNG_H
#define API_MEDIA_PNG_H

#include <stddef.h>
#include <stdint.h>

#include "media/header.h"
#include "media/media.h"
#include "media/pixels.h"

/*
 * Longest side at most longest, transparent parts over white, not yet turned
 * upright. data is changed: chunks that carry no pixels are taken out of it.
 * out is initialised and owned by the caller when MEDIA_OK is returned.
 */
must_check enum media_status png_decode(struct pixels *out,
    const struct header *, uint8_t *data, size_t len, unsigned longest);

#endif
