/*
 * PNG through libpng's simplified interface, which reports errors by return
 * value and so needs no jump.
 *
 * SPDX-License-Identifier: ISC
 */
#include "media/png.h"

#include <stdbool.h>
#include <string.h>

#include <png.h>

#include "core/heap.h"
#include "media/shrink.h"
#include "media/wire.h"

#define SIGNATURE_LEN 8
#define FRAME_LEN     12
#define ANCILLARY     0x20 /* bit of the first letter of a chunk's type */

/*
 * Moves the chunks that carry pixels together and returns the new length, so
 * that texts, profiles and the rest never reach the library. header_read()
 * has checked all lengths up to the end.
 */
static size_t
keep_pixels(uint8_t *data, size_t len)
{
	size_t to = SIGNATURE_LEN;

	for (size_t at = SIGNATURE_LEN; len - at >= FRAME_LEN;) {
		size_t size = wire_get32(data + at) + (size_t)FRAME_LEN;
		const uint8_t *type = data + at + 4;
		bool is_end = memcmp(type, "IEND", 4) == 0;

		if ((type[0] & ANCILLARY) == 0 ||
		    memcmp(type, "tRNS", 4) == 0) {
			memmove(data + to, data + at, size);
			to += size;
		}
		if (is_end) {
			break;
		}
		at += size;
	}
	return to;
}

static void
shrink_rows(struct pixels *out, const struct header *header,
    const uint8_t *rows, unsigned longest)
{
	unsigned width = header->width, height = header->height;
	struct shrink *shrink;

	shrink_size(&width, &height, longest);
	shrink = shrink_new(out, width, height, header->width, header->height);
	for (unsigned y = 0; y < header->height; y++) {
		shrink_row(
		    shrink, rows + (size_t)y * header->width * PIXELS_CHANNELS);
	}
	shrink_free(shrink);
}

enum media_status
png_decode(struct pixels *out, const struct header *header, uint8_t *data,
    size_t len, unsigned longest)
{
	const png_color white = {255, 255, 255};
	png_image image = {.version = PNG_IMAGE_VERSION};
	size_t rows_len =
	    (size_t)header->width * header->height * PIXELS_CHANNELS;
	uint8_t *rows = NULL;
	enum media_status status = MEDIA_NOT_A_PHOTO;

	len = keep_pixels(data, len);
	if (png_image_begin_read_from_memory(&image, data, len) == 0 ||
	    image.width != header->width || image.height != header->height) {
		goto done;
	}
	image.format = PNG_FORMAT_RGB;
	image.flags |= PNG_IMAGE_FLAG_16BIT_sRGB;
	rows = heap_new(rows_len);
	if (png_image_finish_read(&image, &white, rows, 0, NULL) == 0) {
		goto done;
	}
	shrink_rows(out, header, rows, longest);
	status = MEDIA_OK;
done:
	png_image_free(&image);
	heap_wipe(rows, rows_len);
	return status;
}
