/*
 * Header, decode, turn, shrink, encode, see convert.h.
 *
 * SPDX-License-Identifier: ISC
 */
#include "media/convert.h"

#include "media/header.h"
#include "media/jpeg.h"
#include "media/phash.h"
#include "media/pixels.h"
#include "media/png.h"
#include "media/shrink.h"
#include "media/webp.h"

#define FULL_LONGEST  1600
#define FULL_QUALITY  82
#define THUMB_LONGEST 480
#define THUMB_QUALITY 75

static enum media_status
decode(
    struct pixels *out, const struct header *header, uint8_t *data, size_t len)
{
	switch (header->format) {
	case HEADER_JPEG:
		return jpeg_decode(out, header, data, len, FULL_LONGEST);
	case HEADER_PNG:
		return png_decode(out, header, data, len, FULL_LONGEST);
	case HEADER_WEBP:
		return webp_decode(out, header, data, len, FULL_LONGEST);
	case HEADER_FORMAT__COUNT:
		break;
	}
	return MEDIA_NOT_A_PHOTO;
}

static enum media_status
convert(struct media_result *out, uint8_t *data, size_t len)
{
	struct header header;
	struct pixels full = {.data = NULL}, thumb = {.data = NULL};
	enum media_status status;

	if (len > MEDIA_BYTES_MAX) {
		return MEDIA_TOO_MANY_BYTES;
	}
	status = header_read(&header, data, len);
	if (status != MEDIA_OK) {
		return status;
	}
	status = decode(&full, &header, data, len);
	if (status != MEDIA_OK) {
		return status;
	}
	pixels_turn(&full, header.orientation);
	shrink_pixels(&thumb, &full, THUMB_LONGEST);
	phash_photo(out->hash, &thumb);
	status = jpeg_encode(&out->full, &full, FULL_QUALITY);
	if (status == MEDIA_OK) {
		status = jpeg_encode(&out->thumb, &thumb, THUMB_QUALITY);
	}
	pixels_clear(&full);
	pixels_clear(&thumb);
	return status;
}

void
convert_photo(struct media_result *out, uint8_t *data, size_t len)
{
	struct media_result result = {.status = MEDIA_NOT_A_PHOTO};

	result.status = convert(&result, data, len);
	if (result.status != MEDIA_OK) {
		enum media_status status = result.status;

		media_result_clear(&result);
		result.status = status;
	}
	*out = result;
}
