/*
 * A whole photo through header, decoder and encoder. The first byte picks a
 * good photo to start from, or none; then come edits of three bytes (where,
 * where, what). PNG checksums are set right afterwards, so that the damage
 * gets past them. Pictures over a quarter of a megapixel are left out: they
 * only make the fuzzer slow.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../20-unit/pictures.h"
#include "core/heap.h"
#include "media/convert.h"
#include "media/header.h"
#include "media/wire.h"

#define PIXELS_MAX (512u * 512)
#define BASES      6
#define EDIT_LEN   3
#define PNG_FRAME  12

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static struct buf bases[BASES];

static void
bases_make(void)
{
	struct pixels pixels;
	struct buf exif;

	picture_paint(&pixels, 40, 24);
	for (int i = 0; i < BASES; i++) {
		buf_init(&bases[i], PICTURE_MAX);
	}
	buf_init(&exif, 4096);
	picture_exif(&exif, 6, true);
	picture_jpeg(&bases[0], &pixels, PICTURE_BASELINE);
	picture_jpeg_segment(&bases[0], 0xe1, "Exif\0", 6, exif.data, exif.len);
	picture_jpeg(&bases[1], &pixels, PICTURE_PROGRESSIVE);
	picture_png(&bases[2], pixels.data, 40, 24, PNG_FORMAT_RGB);
	picture_png_chunk(&bases[2], "eXIf", exif.data, exif.len);
	picture_png_interlaced(&bases[3], &pixels);
	picture_webp(&bases[4], pixels.data, 40, 24, 3, false);
	picture_webp_extend(&bases[4], 40, 24, 0x08, &exif);
	picture_webp(&bases[5], pixels.data, 40, 24, 3, true);
	buf_clear(&exif);
	pixels_clear(&pixels);
}

static void
checksums_mend(uint8_t *data, size_t len)
{
	for (size_t at = 8; len - at >= PNG_FRAME;) {
		size_t size = wire_get32(data + at);

		if (size > len - at - PNG_FRAME) {
			return;
		}
		wire_put32(data + at + 8 + size,
		    picture_checksum(data + at + 4, size + 4));
		at += size + PNG_FRAME;
	}
}

static void
check(const struct media_picture *picture, unsigned longest)
{
	if (picture->width == 0 || picture->height == 0 ||
	    picture->width > longest || picture->height > longest ||
	    picture->len < 4 || memcmp(picture->data, "\xff\xd8\xff", 3) != 0) {
		abort();
	}
}

static void
try(uint8_t *data, size_t len)
{
	struct media_result result;
	struct header header;

	if (header_read(&header, data, len) != MEDIA_OK ||
	    (uint64_t)header.width * header.height > PIXELS_MAX) {
		return;
	}
	if (header.format == HEADER_PNG) {
		checksums_mend(data, len);
	}
	convert_photo(&result, data, len);
	if (result.status == MEDIA_OK) {
		check(&result.full, 1600);
		check(&result.thumb, 480);
	}
	media_result_clear(&result);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	const struct buf *base;
	uint8_t *copy;

	if (bases[0].data == NULL) {
		bases_make();
	}
	if (len == 0) {
		return 0;
	}
	if (data[0] >= BASES) {
		copy = heap_new(len - 1);
		memcpy(copy, data + 1, len - 1);
		try(copy, len - 1);
		heap_free(copy);
		return 0;
	}
	base = &bases[data[0]];
	copy = heap_new(base->len);
	memcpy(copy, base->data, base->len);
	for (size_t at = 1; len - at >= EDIT_LEN; at += EDIT_LEN) {
		copy[wire_get16(data + at) % base->len] = data[at + 2];
	}
	try(copy, base->len);
	heap_free(copy);
	return 0;
}
