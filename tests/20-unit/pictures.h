/*
 * Pictures made by the tests themselves, with whatever a stranger could put
 * into them. A header of inline functions, so that each test is one file.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef TESTS_20_UNIT_PICTURES_H
#define TESTS_20_UNIT_PICTURES_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <jpeglib.h>
#include <png.h>
#include <webp/encode.h>

#include "core/buf.h"
#include "core/heap.h"
#include "media/pixels.h"

/* Stands in every field that must not survive. */
#define MARKER "REPORTER-7719-MARKER"

#define PICTURE_MAX (64u * 1024 * 1024)

static const uint8_t picture_corner[4][3] = {
    {220, 20, 20}, {20, 200, 20}, {20, 20, 220}, {235, 235, 40}};

/* Four quarters: red, green / blue, yellow. */
static inline void
picture_paint(struct pixels *out, unsigned width, unsigned height)
{
	pixels_init(out, width, height);
	for (unsigned y = 0; y < height; y++) {
		for (unsigned x = 0; x < width; x++) {
			unsigned corner =
			    (y >= height / 2) * 2u + (x >= width / 2);

			memcpy(out->data + ((size_t)y * width + x) * 3,
			    picture_corner[corner], 3);
		}
	}
}

enum picture_jpeg {
	PICTURE_BASELINE,
	PICTURE_PROGRESSIVE,
	PICTURE_SCANS, /* 190 of them */
	PICTURE_GRAY,
	PICTURE_CMYK,
	PICTURE_ARITHMETIC,
};

#define PICTURE_SCAN_COUNT (1 + 3 * 63)

static inline void
picture_scans(struct jpeg_compress_struct *encoder, jpeg_scan_info *scans)
{
	scans[0] =
	    (jpeg_scan_info){.comps_in_scan = 3, .component_index = {0, 1, 2}};
	for (int i = 1; i < PICTURE_SCAN_COUNT; i++) {
		int coefficient = (i - 1) / 3 + 1;

		scans[i] = (jpeg_scan_info){.comps_in_scan = 1,
		    .component_index = {(i - 1) % 3},
		    .Ss = coefficient,
		    .Se = coefficient};
	}
	encoder->scan_info = scans;
	encoder->num_scans = PICTURE_SCAN_COUNT;
}

static inline void
picture_jpeg_row(
    uint8_t *out, const uint8_t *rgb, unsigned width, enum picture_jpeg kind)
{
	for (unsigned x = 0; x < width; x++, rgb += 3) {
		if (kind == PICTURE_GRAY) {
			*out++ = rgb[1];
			continue;
		}
		for (int i = 0; i < 3; i++) {
			*out++ = rgb[i];
		}
		if (kind == PICTURE_CMYK) {
			*out++ = 255; /* as Adobe does: inverted, no black */
		}
	}
}

static inline void
picture_jpeg(
    struct buf *out, const struct pixels *pixels, enum picture_jpeg kind)
{
	static jpeg_scan_info scans[PICTURE_SCAN_COUNT];
	struct jpeg_compress_struct encoder;
	struct jpeg_error_mgr errors;
	unsigned char *data = NULL;
	unsigned long len = 0;
	uint8_t *row = heap_array(pixels->width, 4);

	encoder.err = jpeg_std_error(&errors);
	jpeg_create_compress(&encoder);
	jpeg_mem_dest(&encoder, &data, &len);
	encoder.image_width = pixels->width;
	encoder.image_height = pixels->height;
	encoder.input_components = kind == PICTURE_GRAY ? 1
	    : kind == PICTURE_CMYK                      ? 4
							: 3;
	encoder.in_color_space = kind == PICTURE_GRAY ? JCS_GRAYSCALE
	    : kind == PICTURE_CMYK                    ? JCS_CMYK
						      : JCS_RGB;
	jpeg_set_defaults(&encoder);
	jpeg_set_quality(&encoder, 90, TRUE);
	encoder.arith_code = kind == PICTURE_ARITHMETIC;
	if (kind == PICTURE_PROGRESSIVE) {
		jpeg_simple_progression(&encoder);
	} else if (kind == PICTURE_SCANS) {
		picture_scans(&encoder, scans);
	}
	jpeg_start_compress(&encoder, TRUE);
	while (encoder.next_scanline < encoder.image_height) {
		JSAMPROW rows = row;

		picture_jpeg_row(row,
		    pixels->data +
			(size_t)encoder.next_scanline * pixels->width * 3,
		    pixels->width, kind);
		(void)jpeg_write_scanlines(&encoder, &rows, 1);
	}
	jpeg_finish_compress(&encoder);
	jpeg_destroy_compress(&encoder);
	buf_put(out, data, len);
	heap_free(data);
	heap_free(row);
}

/* rgba may have alpha; interlacing through the full interface of libpng. */
static inline void
picture_png(struct buf *out, const uint8_t *data, unsigned width,
    unsigned height, unsigned format)
{
	png_image image = {.version = PNG_IMAGE_VERSION,
	    .width = width,
	    .height = height,
	    .format = format,
	    .flags = PNG_IMAGE_FLAG_FAST};
	png_alloc_size_t len = 0;
	uint8_t *memory;

	(void)png_image_write_to_memory(&image, NULL, &len, 0, data, 0, NULL);
	memory = heap_new(len);
	(void)png_image_write_to_memory(&image, memory, &len, 0, data, 0, NULL);
	buf_put(out, memory, len);
	heap_free(memory);
}

static inline void
picture_png_put(png_structp png, png_bytep data, size_t len)
{
	buf_put(png_get_io_ptr(png), data, len);
}

static inline void
picture_png_flush(png_structp png)
{
	(void)png;
}

/* 16 bits, interlaced. */
static inline void
picture_png_interlaced(struct buf *out, const struct pixels *pixels)
{
	png_structp png =
	    png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
	png_infop info = png_create_info_struct(png);
	size_t stride = (size_t)pixels->width * 6;
	png_bytepp rows = heap_array(pixels->height, sizeof(*rows));
	uint8_t *deep = heap_array(pixels->height, stride);

	for (size_t i = 0; i < stride / 2 * pixels->height; i++) {
		deep[2 * i] = deep[2 * i + 1] = pixels->data[i];
	}
	for (unsigned y = 0; y < pixels->height; y++) {
		rows[y] = deep + y * stride;
	}
	png_set_write_fn(png, out, picture_png_put, picture_png_flush);
	png_set_IHDR(png, info, pixels->width, pixels->height, 16,
	    PNG_COLOR_TYPE_RGB, PNG_INTERLACE_ADAM7, PNG_COMPRESSION_TYPE_BASE,
	    PNG_FILTER_TYPE_BASE);
	png_write_info(png, info);
	png_write_image(png, rows);
	png_write_end(png, info);
	png_destroy_write_struct(&png, &info);
	heap_free(deep);
	heap_free(rows);
}

/* channels 3 or 4. */
static inline void
picture_webp(struct buf *out, const uint8_t *data, unsigned width,
    unsigned height, unsigned channels, bool is_lossless)
{
	WebPConfig config;
	WebPPicture picture;
	WebPMemoryWriter writer;

	(void)WebPConfigInit(&config);
	(void)WebPPictureInit(&picture);
	WebPMemoryWriterInit(&writer);
	config.method = 0;
	config.quality = is_lossless ? 0 : 90;
	config.lossless = is_lossless;
	picture.use_argb = is_lossless;
	picture.width = (int)width;
	picture.height = (int)height;
	picture.writer = WebPMemoryWrite;
	picture.custom_ptr = &writer;
	if (channels == 4) {
		(void)WebPPictureImportRGBA(&picture, data, (int)width * 4);
	} else {
		(void)WebPPictureImportRGB(&picture, data, (int)width * 3);
	}
	if (WebPEncode(&config, &picture)) {
		buf_put(out, writer.mem, writer.size);
	}
	WebPPictureFree(&picture);
	WebPMemoryWriterClear(&writer);
}

static inline void
picture_number(struct buf *out, uint32_t number, unsigned bytes, bool is_little)
{
	for (unsigned i = 0; i < bytes; i++) {
		unsigned shift = is_little ? 8 * i : 8 * (bytes - 1 - i);

		buf_byte(out, (uint8_t)(number >> shift));
	}
}

static inline void
picture_entry(struct buf *out, unsigned tag, unsigned type, uint32_t count,
    uint32_t value, bool is_little)
{
	picture_number(out, tag, 2, is_little);
	picture_number(out, type, 2, is_little);
	picture_number(out, count, 4, is_little);
	if (type == 3) {
		picture_number(out, value, 2, is_little);
		picture_number(out, 0, 2, is_little);
	} else {
		picture_number(out, value, 4, is_little);
	}
}

/* TIFF with a maker, an orientation and a GPS directory. */
static inline void
picture_exif(struct buf *out, unsigned orientation, bool is_little)
{
	const uint32_t maker_at = 8 + 2 + 3 * 12 + 4;
	const uint32_t gps_at = maker_at + sizeof(MARKER);
	const uint32_t area_at = gps_at + 2 + 12 + 4;

	buf_text(out, is_little ? "II" : "MM");
	picture_number(out, 42, 2, is_little);
	picture_number(out, 8, 4, is_little);
	picture_number(out, 3, 2, is_little);
	picture_entry(out, 0x010f, 2, sizeof(MARKER), maker_at, is_little);
	picture_entry(out, 0x0112, 3, 1, orientation, is_little);
	picture_entry(out, 0x8825, 4, 1, gps_at, is_little);
	picture_number(out, 0, 4, is_little);
	buf_put(out, MARKER, sizeof(MARKER));
	picture_number(out, 1, 2, is_little);
	picture_entry(out, 0x001c, 7, sizeof(MARKER), area_at, is_little);
	picture_number(out, 0, 4, is_little);
	buf_put(out, MARKER, sizeof(MARKER));
}

/* Puts bytes into the middle. */
static inline void
picture_insert(struct buf *picture, size_t at, const struct buf *what)
{
	struct buf whole;

	buf_init(&whole, PICTURE_MAX);
	buf_put(&whole, picture->data, at);
	buf_put(&whole, what->data, what->len);
	buf_put(&whole, picture->data + at, picture->len - at);
	buf_clear(picture);
	*picture = whole;
}

/* A segment behind the SOI. */
static inline void
picture_jpeg_segment(struct buf *picture, uint8_t marker, const char *name,
    size_t name_len, const void *data, size_t len)
{
	struct buf segment;

	buf_init(&segment, PICTURE_MAX);
	buf_byte(&segment, 0xff);
	buf_byte(&segment, marker);
	picture_number(&segment, (uint32_t)(2 + name_len + len), 2, false);
	buf_put(&segment, name, name_len);
	buf_put(&segment, data, len);
	picture_insert(picture, 2, &segment);
	buf_clear(&segment);
}

static inline uint32_t
picture_checksum(const uint8_t *data, size_t len)
{
	uint32_t sum = ~0u;

	while (len-- > 0) {
		sum ^= *data++;
		for (int i = 0; i < 8; i++) {
			sum = sum >> 1 ^ (0xedb88320u & (0u - (sum & 1)));
		}
	}
	return ~sum;
}

/* A chunk behind the IHDR. */
static inline void
picture_png_chunk(
    struct buf *picture, const char *type, const void *data, size_t len)
{
	struct buf chunk;

	buf_init(&chunk, PICTURE_MAX);
	picture_number(&chunk, (uint32_t)len, 4, false);
	buf_text(&chunk, type);
	buf_put(&chunk, data, len);
	picture_number(
	    &chunk, picture_checksum(chunk.data + 4, len + 4), 4, false);
	picture_insert(picture, 33, &chunk);
	buf_clear(&chunk);
}

static inline void
picture_webp_chunk(
    struct buf *out, const char *type, const void *data, size_t len)
{
	buf_text(out, type);
	picture_number(out, (uint32_t)len, 4, true);
	buf_put(out, data, len);
	if (len % 2 != 0) {
		buf_byte(out, 0);
	}
}

/* Wraps a simple file into the extended format; flags as in VP8X. */
static inline void
picture_webp_extend(struct buf *picture, unsigned width, unsigned height,
    uint8_t flags, const struct buf *exif)
{
	struct buf whole;

	buf_init(&whole, PICTURE_MAX);
	buf_text(&whole, "RIFF");
	picture_number(&whole, 0, 4, true);
	buf_text(&whole, "WEBPVP8X");
	picture_number(&whole, 10, 4, true);
	picture_number(&whole, flags, 4, true);
	picture_number(&whole, width - 1, 3, true);
	picture_number(&whole, height - 1, 3, true);
	picture_webp_chunk(&whole, "ICCP", MARKER, sizeof(MARKER));
	buf_put(&whole, picture->data + 12, picture->len - 12);
	picture_webp_chunk(&whole, "EXIF", exif->data, exif->len);
	picture_webp_chunk(&whole, "XMP ", MARKER, sizeof(MARKER));
	for (unsigned i = 0; i < 4; i++) {
		whole.data[4 + i] = (uint8_t)((whole.len - 8) >> (8 * i));
	}
	buf_clear(picture);
	*picture = whole;
}

#endif
