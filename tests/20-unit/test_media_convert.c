/*
 * What comes out of the conversion: sizes, the right way up, and nothing of
 * what the sender put around the pixels.
 *
 * SPDX-License-Identifier: ISC
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "media/convert.h"
#include "media/header.h"
#include "media/jpeg.h"
#include "pictures.h"

#define WIDTH  640
#define HEIGHT 480

enum kind {
	KIND_JPEG,
	KIND_PROGRESSIVE,
	KIND_PNG,
	KIND_PNG_INTERLACED,
	KIND_WEBP,
	KIND_WEBP_LOSSLESS,
	KIND__COUNT
};

static void
make(struct buf *out, enum kind kind, const struct pixels *pixels)
{
	buf_init(out, PICTURE_MAX);
	switch (kind) {
	case KIND_JPEG:
		picture_jpeg(out, pixels, PICTURE_BASELINE);
		break;
	case KIND_PROGRESSIVE:
		picture_jpeg(out, pixels, PICTURE_PROGRESSIVE);
		break;
	case KIND_PNG:
		picture_png(out, pixels->data, pixels->width, pixels->height,
		    PNG_FORMAT_RGB);
		break;
	case KIND_PNG_INTERLACED:
		picture_png_interlaced(out, pixels);
		break;
	case KIND_WEBP:
	case KIND_WEBP_LOSSLESS:
		picture_webp(out, pixels->data, pixels->width, pixels->height,
		    3, kind == KIND_WEBP_LOSSLESS);
		break;
	case KIND__COUNT:
		break;
	}
	assert_false(out->failed);
	assert_true(out->len > 0);
}

static void
make_painted(struct buf *out, enum kind kind, unsigned width, unsigned height)
{
	struct pixels pixels;

	picture_paint(&pixels, width, height);
	make(out, kind, &pixels);
	pixels_clear(&pixels);
}

/* Everything a camera, an editor or a stranger may add. */
static void
add_metadata(
    struct buf *picture, enum kind kind, unsigned orientation, bool is_little)
{
	struct buf exif;

	buf_init(&exif, 4096);
	picture_exif(&exif, orientation, is_little);
	switch (kind) {
	case KIND_JPEG:
	case KIND_PROGRESSIVE:
		picture_jpeg_segment(
		    picture, 0xfe, "", 0, MARKER, sizeof(MARKER));
		picture_jpeg_segment(
		    picture, 0xed, "Photoshop 3.0", 14, MARKER, sizeof(MARKER));
		picture_jpeg_segment(
		    picture, 0xe2, "ICC_PROFILE", 12, MARKER, sizeof(MARKER));
		picture_jpeg_segment(picture, 0xe1,
		    "http://ns.adobe.com/xap/1.0/", 29, MARKER, sizeof(MARKER));
		picture_jpeg_segment(
		    picture, 0xe1, "Exif\0", 6, exif.data, exif.len);
		break;
	case KIND_PNG:
	case KIND_PNG_INTERLACED:
		picture_png_chunk(
		    picture, "tEXt", "Author\0" MARKER, 7 + sizeof(MARKER) - 1);
		picture_png_chunk(picture, "iTXt",
		    "XML:com.adobe.xmp\0\0\0\0\0" MARKER,
		    22 + sizeof(MARKER) - 1);
		picture_png_chunk(picture, "iCCP", MARKER, sizeof(MARKER));
		picture_png_chunk(picture, "prVt", MARKER, sizeof(MARKER));
		picture_png_chunk(picture, "eXIf", exif.data, exif.len);
		break;
	case KIND_WEBP:
	case KIND_WEBP_LOSSLESS:
		picture_webp_extend(picture, WIDTH, HEIGHT, 0x2c, &exif);
		break;
	case KIND__COUNT:
		break;
	}
	buf_put(picture, MARKER, sizeof(MARKER));
	buf_clear(&exif);
}

static void
decode(struct pixels *out, const struct media_picture *picture)
{
	struct header header;

	assert_int_equal(
	    header_read(&header, picture->data, picture->len), MEDIA_OK);
	assert_int_equal(header.format, HEADER_JPEG);
	assert_int_equal(header.orientation, 1);
	assert_int_equal(header.width, picture->width);
	assert_int_equal(header.height, picture->height);
	assert_int_equal(
	    jpeg_decode(out, &header, picture->data, picture->len, 1600),
	    MEDIA_OK);
}

static unsigned
corner_at(const struct pixels *pixels, unsigned x, unsigned y)
{
	const uint8_t *found =
	    pixels->data + ((size_t)y * pixels->width + x) * 3;

	for (unsigned i = 0; i < 4; i++) {
		bool is_near = true;

		for (unsigned k = 0; k < 3; k++) {
			int difference = found[k] - picture_corner[i][k];

			is_near =
			    is_near && difference < 30 && difference > -30;
		}
		if (is_near) {
			return i;
		}
	}
	return 4;
}

/* expected: colours at top left, top right, bottom left, bottom right. */
static void
assert_corners(const struct media_picture *picture, const char *expected)
{
	struct pixels pixels;
	char found[5] = "";

	decode(&pixels, picture);
	for (unsigned i = 0; i < 4; i++) {
		unsigned x = i % 2 == 0 ? pixels.width / 8
					: pixels.width - pixels.width / 8;
		unsigned y = i < 2 ? pixels.height / 8
				   : pixels.height - pixels.height / 8;

		found[i] = (char)('0' + corner_at(&pixels, x, y));
	}
	assert_string_equal(found, expected);
	pixels_clear(&pixels);
}

static void
assert_no_marker(const struct media_picture *picture)
{
	assert_null(memmem(picture->data, picture->len, MARKER, 8));
	assert_null(memmem(picture->data, picture->len, "Exif", 4));
	assert_null(memmem(picture->data, picture->len, "ICC_", 4));
}

/* Only JFIF, tables, frame, scan: FE (comment) and E1 to EF never. */
static void
assert_plain_segments(const struct media_picture *picture)
{
	for (size_t at = 2; at + 4 < picture->len;) {
		uint8_t marker = picture->data[at + 1];

		assert_int_equal(picture->data[at], 0xff);
		assert_true(marker == 0xe0 || marker == 0xdb ||
		    marker == 0xc0 || marker == 0xc4 || marker == 0xda);
		if (marker == 0xda) {
			return;
		}
		at += 2u + (unsigned)picture->data[at + 2] * 256 +
		    picture->data[at + 3];
	}
	fail_msg("no scan found");
}

static void
converted(struct media_result *out, struct buf *picture)
{
	convert_photo(out, picture->data, picture->len);
	assert_int_equal(out->status, MEDIA_OK);
}

static void
every_orientation_of_every_format_comes_out_upright(void **state)
{
	static const char *const upright[9] = {
	    "", "0123", "1032", "3210", "2301", "0213", "2031", "3120", "1302"};

	(void)state;
	for (int kind = 0; kind < KIND__COUNT; kind++) {
		for (unsigned turn = 1; turn <= 8; turn++) {
			struct media_result result;
			struct buf picture;
			bool is_swapped = turn > 4;

			make_painted(&picture, (enum kind)kind, WIDTH, HEIGHT);
			add_metadata(
			    &picture, (enum kind)kind, turn, turn % 2 == 0);
			converted(&result, &picture);
			assert_int_equal(
			    result.full.width, is_swapped ? HEIGHT : WIDTH);
			assert_int_equal(
			    result.full.height, is_swapped ? WIDTH : HEIGHT);
			assert_int_equal(
			    result.thumb.width, is_swapped ? 360 : 480);
			assert_corners(&result.full, upright[turn]);
			assert_corners(&result.thumb, upright[turn]);
			assert_no_marker(&result.full);
			assert_no_marker(&result.thumb);
			assert_plain_segments(&result.full);
			assert_plain_segments(&result.thumb);
			media_result_clear(&result);
			buf_clear(&picture);
		}
	}
}

static void
sizes_keep_the_shape_and_never_grow(void **state)
{
	static const unsigned sizes[][6] = {
	    /* source, full, thumb */
	    {1, 1, 1, 1, 1, 1},
	    {479, 300, 479, 300, 479, 300},
	    {481, 300, 481, 300, 480, 299},
	    {1600, 1600, 1600, 1600, 480, 480},
	    {1601, 801, 1600, 800, 480, 240},
	    {3000, 2001, 1600, 1067, 480, 320},
	    {2001, 3000, 1067, 1600, 320, 480},
	    {16000, 3, 1600, 1, 480, 1},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		for (int kind = 0; kind < KIND__COUNT; kind++) {
			struct media_result result;
			struct buf picture;

			make_painted(&picture, (enum kind)kind, sizes[i][0],
			    sizes[i][1]);
			converted(&result, &picture);
			assert_int_equal(result.full.width, sizes[i][2]);
			assert_int_equal(result.full.height, sizes[i][3]);
			assert_int_equal(result.thumb.width, sizes[i][4]);
			assert_int_equal(result.thumb.height, sizes[i][5]);
			media_result_clear(&result);
			buf_clear(&picture);
		}
	}
}

static void
gray_and_ink_pictures_are_photos_too(void **state)
{
	struct media_result result;
	struct pixels pixels;
	struct buf picture;

	(void)state;
	picture_paint(&pixels, WIDTH, HEIGHT);
	buf_init(&picture, PICTURE_MAX);
	picture_jpeg(&picture, &pixels, PICTURE_CMYK);
	converted(&result, &picture);
	assert_corners(&result.full, "0123");
	media_result_clear(&result);
	buf_reset(&picture);
	picture_jpeg(&picture, &pixels, PICTURE_GRAY);
	converted(&result, &picture);
	media_result_clear(&result);
	buf_clear(&picture);
	pixels_clear(&pixels);
}

static void
transparent_parts_lie_over_white(void **state)
{
	const unsigned width = 2000, height = 1000;
	uint8_t *rgba = heap_array((size_t)width * height, 4);

	(void)state;
	for (int kind = 0; kind < 3; kind++) {
		struct media_result result;
		struct pixels pixels;
		struct buf picture;

		buf_init(&picture, PICTURE_MAX);
		if (kind == 0) {
			picture_png(
			    &picture, rgba, width, height, PNG_FORMAT_RGBA);
		} else {
			picture_webp(
			    &picture, rgba, width, height, 4, kind == 1);
		}
		converted(&result, &picture);
		decode(&pixels, &result.full);
		for (size_t i = 0; i < (size_t)1600 * 800 * 3; i++) {
			assert_true(pixels.data[i] > 250);
		}
		pixels_clear(&pixels);
		media_result_clear(&result);
		buf_clear(&picture);
	}
	heap_free(rgba);
}

/* A picture of a page that is also a web page, an archive, a script. */
static void
what_else_a_file_may_be_is_gone(void **state)
{
	static const char html[] = "*/<script>alert('" MARKER "')</script><!--";
	struct media_result result;
	struct buf picture;

	(void)state;
	make_painted(&picture, KIND_JPEG, WIDTH, HEIGHT);
	picture_jpeg_segment(&picture, 0xfe, "/*", 2, html, sizeof(html));
	buf_put(&picture, "PK\003\004" MARKER, 4 + sizeof(MARKER));
	buf_put(&picture, "%PDF-1.7 " MARKER, 9 + sizeof(MARKER));
	converted(&result, &picture);
	assert_no_marker(&result.full);
	assert_null(memmem(result.full.data, result.full.len, "script", 6));
	assert_null(memmem(result.full.data, result.full.len, "PK\003\004", 4));
	media_result_clear(&result);
	buf_clear(&picture);
}

static void
same_pixels_give_same_bytes(void **state)
{
	struct media_result first, second;
	struct buf picture;

	(void)state;
	make_painted(&picture, KIND_JPEG, 2000, 1500);
	converted(&first, &picture);
	picture_jpeg_segment(&picture, 0xfe, "", 0, MARKER, sizeof(MARKER));
	converted(&second, &picture);
	assert_int_equal(first.full.len, second.full.len);
	assert_memory_equal(first.full.data, second.full.data, first.full.len);
	media_result_clear(&first);
	media_result_clear(&second);
	buf_clear(&picture);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(
		every_orientation_of_every_format_comes_out_upright),
	    cmocka_unit_test(sizes_keep_the_shape_and_never_grow),
	    cmocka_unit_test(gray_and_ink_pictures_are_photos_too),
	    cmocka_unit_test(transparent_parts_lie_over_white),
	    cmocka_unit_test(what_else_a_file_may_be_is_gone),
	    cmocka_unit_test(same_pixels_give_same_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
