/*
 * JPEG through libjpeg-turbo.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_MEDIA_JPEG_H
#define API_MEDIA_JPEG_H

#include <stddef.h>
#include <stdint.h>

#include "media/header.h"
#include "media/media.h"
#include "media/pixels.h"

/*
 * Longest side at most longest, not yet turned upright. out is initialised
 * and owned by the caller when MEDIA_OK is returned. Data that ends early is
 * MEDIA_NOT_A_PHOTO.
 */
must_check enum media_status jpeg_decode(struct pixels *out,
    const struct header *, const uint8_t *data, size_t len, unsigned longest);
/* Without any metadata. out is owned by the caller when MEDIA_OK. */
must_check enum media_status
jpeg_encode(struct media_picture *out, const struct pixels *, int quality);

#endif
