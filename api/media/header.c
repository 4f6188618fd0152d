/*
 * Walks the markers of JPEG, the chunks of PNG and of WebP, see header.h.
 *
 * SPDX-License-Identifier: ISC
 */
#include "media/header.h"

#include <stdbool.h>
#include <string.h>

#include "media/exif.h"
#include "media/wire.h"

#define JPEG_PRECISION    8
#define JPEG_EXIF_LEN     6
#define PNG_SIGNATURE_LEN 8
#define PNG_IHDR_LEN      13
#define PNG_FRAME_LEN     12 /* length, type and checksum around a chunk */
#define WEBP_HEAD_LEN     12
#define WEBP_FRAME_LEN    8 /* type and length before a chunk */
#define WEBP_X_LEN        10
#define WEBP_ANIMATION    0x02

static bool
starts_with(const uint8_t *data, size_t len, const char *text, size_t text_len)
{
	return len >= text_len && memcmp(data, text, text_len) == 0;
}

static uint32_t
little(const uint8_t *data, unsigned bytes)
{
	uint32_t number = 0;

	for (unsigned i = 0; i < bytes; i++) {
		number |= (uint32_t)data[i] << (8 * i);
	}
	return number;
}

static enum media_status
check_size(const struct header *header)
{
	if (header->width == 0 || header->height == 0) {
		return MEDIA_NOT_A_PHOTO;
	}
	if ((uint64_t)header->width * header->height > MEDIA_PIXELS_MAX) {
		return MEDIA_TOO_MANY_PIXELS;
	}
	return MEDIA_OK;
}

/*
 * Next marker of a JPEG at or after *at, which moves behind it; 0 at the end.
 * Bytes between segments are skipped as libjpeg does.
 */
static unsigned
jpeg_marker(const uint8_t *data, size_t len, size_t *at)
{
	while (*at < len) {
		const uint8_t *found = memchr(data + *at, 0xff, len - *at);

		if (found == NULL) {
			return 0;
		}
		*at = (size_t)(found - data) + 1;
		while (*at < len && data[*at] == 0xff) {
			(*at)++;
		}
		if (*at < len && data[*at] != 0) {
			return data[(*at)++];
		}
	}
	return 0;
}

static bool
is_frame_refused(unsigned marker)
{
	return marker >= 0xc3 && marker <= 0xcf && marker != 0xc4;
}

static bool
is_frame(unsigned marker)
{
	return marker >= 0xc0 && marker <= 0xc2;
}

/* Restart markers and TEM have no length; a picture inside is not ours. */
static bool
is_bare(unsigned marker)
{
	return marker == 0x01 || (marker >= 0xd0 && marker <= 0xd7);
}

static bool
jpeg_frame(struct header *out, const uint8_t *segment, size_t len)
{
	if (out->width != 0 || len < 6 || segment[0] != JPEG_PRECISION ||
	    (segment[5] != 1 && segment[5] != 3 && segment[5] != 4)) {
		return false;
	}
	out->height = wire_get16(segment + 1);
	out->width = wire_get16(segment + 3);
	return out->height != 0 && out->width != 0;
}

static enum media_status
jpeg_read(struct header *out, const uint8_t *data, size_t len)
{
	bool has_exif = false;

	for (size_t at = 2;;) {
		unsigned marker = jpeg_marker(data, len, &at);
		size_t size;

		if (marker == 0 || marker == 0xd8 || marker == 0xd9 ||
		    is_frame_refused(marker)) {
			return MEDIA_NOT_A_PHOTO;
		}
		if (is_bare(marker)) {
			continue;
		}
		if (len - at < 2) {
			return MEDIA_NOT_A_PHOTO;
		}
		size = wire_get16(data + at);
		if (size < 2 || size > len - at) {
			return MEDIA_NOT_A_PHOTO;
		}
		if (is_frame(marker) &&
		    !jpeg_frame(out, data + at + 2, size - 2)) {
			return MEDIA_NOT_A_PHOTO;
		}
		if (marker == 0xe1 && !has_exif &&
		    starts_with(
			data + at + 2, size - 2, "Exif\0\0", JPEG_EXIF_LEN)) {
			has_exif = true;
			out->orientation =
			    exif_orientation(data + at + 2, size - 2);
		}
		if (marker == 0xda) {
			return check_size(out);
		}
		at += size;
	}
}

static enum media_status
png_read(struct header *out, const uint8_t *data, size_t len)
{
	size_t at = PNG_SIGNATURE_LEN;
	bool has_pixels = false;

	if (len < at + PNG_IHDR_LEN + PNG_FRAME_LEN ||
	    wire_get32(data + at) != PNG_IHDR_LEN ||
	    memcmp(data + at + 4, "IHDR", 4) != 0) {
		return MEDIA_NOT_A_PHOTO;
	}
	out->width = wire_get32(data + at + 8);
	out->height = wire_get32(data + at + 12);
	while (len - at >= PNG_FRAME_LEN) {
		size_t size = wire_get32(data + at);
		const uint8_t *type = data + at + 4;

		if (size > len - at - PNG_FRAME_LEN ||
		    memcmp(type, "acTL", 4) == 0) {
			return MEDIA_NOT_A_PHOTO;
		}
		if (memcmp(type, "IEND", 4) == 0) {
			return has_pixels ? check_size(out) : MEDIA_NOT_A_PHOTO;
		}
		if (memcmp(type, "IDAT", 4) == 0) {
			has_pixels = true;
		}
		if (memcmp(type, "eXIf", 4) == 0) {
			out->orientation = exif_orientation(type + 4, size);
		}
		at += PNG_FRAME_LEN + size;
	}
	return MEDIA_NOT_A_PHOTO;
}

/* Size of the picture from its first chunk. */
static bool
webp_first(struct header *out, const uint8_t *chunk, size_t size)
{
	const uint8_t *body = chunk + WEBP_FRAME_LEN;

	if (memcmp(chunk, "VP8 ", 4) == 0 && size >= 10 &&
	    memcmp(body + 3, "\x9d\x01\x2a", 3) == 0) {
		out->width = little(body + 6, 2) & 0x3fff;
		out->height = little(body + 8, 2) & 0x3fff;
		return true;
	}
	if (memcmp(chunk, "VP8L", 4) == 0 && size >= 5 && body[0] == 0x2f) {
		uint32_t bits = little(body + 1, 4);

		out->width = (bits & 0x3fff) + 1;
		out->height = (bits >> 14 & 0x3fff) + 1;
		return true;
	}
	if (memcmp(chunk, "VP8X", 4) == 0 && size >= WEBP_X_LEN &&
	    (body[0] & WEBP_ANIMATION) == 0) {
		out->width = little(body + 4, 3) + 1;
		out->height = little(body + 7, 3) + 1;
		return true;
	}
	return false;
}

static enum media_status
webp_read(struct header *out, const uint8_t *data, size_t len)
{
	size_t end = (size_t)little(data + 4, 4) + 8;
	bool is_first = true;

	if (end > len || end < WEBP_HEAD_LEN) {
		return MEDIA_NOT_A_PHOTO;
	}
	for (size_t at = WEBP_HEAD_LEN; end - at >= WEBP_FRAME_LEN;) {
		size_t size = little(data + at + 4, 4);

		if (size > end - at - WEBP_FRAME_LEN ||
		    (is_first && !webp_first(out, data + at, size)) ||
		    memcmp(data + at, "ANIM", 4) == 0 ||
		    memcmp(data + at, "ANMF", 4) == 0) {
			return MEDIA_NOT_A_PHOTO;
		}
		if (memcmp(data + at, "EXIF", 4) == 0) {
			out->orientation =
			    exif_orientation(data + at + WEBP_FRAME_LEN, size);
		}
		is_first = false;
		at += WEBP_FRAME_LEN + size;
		if ((size & 1) != 0 && at < end) {
			at++;
		}
	}
	return check_size(out);
}

enum media_status
header_read(struct header *out, const uint8_t *data, size_t len)
{
	struct header header = {.orientation = EXIF_UPRIGHT};
	enum media_status status = MEDIA_NOT_A_PHOTO;

	if (starts_with(data, len, "\xff\xd8\xff", 3)) {
		header.format = HEADER_JPEG;
		status = jpeg_read(&header, data, len);
	} else if (starts_with(
		       data, len, "\x89PNG\r\n\x1a\n", PNG_SIGNATURE_LEN)) {
		header.format = HEADER_PNG;
		status = png_read(&header, data, len);
	} else if (starts_with(data, len, "RIFF", 4) && len >= WEBP_HEAD_LEN &&
	    memcmp(data + 8, "WEBP", 4) == 0) {
		header.format = HEADER_WEBP;
		status = webp_read(&header, data, len);
	}
	if (status == MEDIA_OK) {
		*out = header;
	}
	return status;
}
