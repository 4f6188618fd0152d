/*
 * What the head of a photo says before any library sees it: format, size and
 * which way is up. Strict enough that the decoders meet nothing exotic.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_MEDIA_HEADER_H
#define API_MEDIA_HEADER_H

#include <stddef.h>
#include <stdint.h>

#include "media/media.h"

enum header_format {
	HEADER_JPEG,
	HEADER_PNG,
	HEADER_WEBP,
	HEADER_FORMAT__COUNT
};

struct header {
	enum header_format format;
	unsigned width;
	unsigned height;
	unsigned orientation; /* EXIF, 1 to 8 */
};

/*
 * MEDIA_NOT_A_PHOTO for any other format, animations, arithmetic or lossless
 * JPEG, and what ends early; MEDIA_TOO_MANY_PIXELS over MEDIA_PIXELS_MAX. out
 * is set only when MEDIA_OK is returned.
 */
must_check enum media_status
header_read(struct header *out, const uint8_t *data, size_t len);

#endif
