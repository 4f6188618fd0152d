/*
 * One photo from the bytes somebody sent to the two pictures we keep.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_MEDIA_CONVERT_H
#define API_MEDIA_CONVERT_H

#include <stddef.h>
#include <stdint.h>

#include "media/media.h"

/*
 * out->status says how it went; with MEDIA_OK it holds both pictures, to be
 * given back with media_result_clear(). data is changed on the way.
 */
void convert_photo(struct media_result *out, uint8_t *data, size_t len);

#endif
