/*
 * What is refused, with which status, and that refusing is cheap: truncated
 * photos, bombs, animations, formats we do not take.
 *
 * SPDX-License-Identifier: ISC
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/clock.h"
#include "media/convert.h"
#include "pictures.h"

#ifdef CRM_SANITIZED
#define SLOWER 10
#else
#define SLOWER 1
#endif

/* Works on a copy: the conversion changes its input. */
static enum media_status
status_of(const void *data, size_t len)
{
	uint8_t *copy = heap_new(len);
	struct media_result result;
	enum media_status status;

	memcpy(copy, data, len);
	convert_photo(&result, copy, len);
	status = result.status;
	media_result_clear(&result);
	heap_free(copy);
	return status;
}

static void
make(struct buf *out, int kind, unsigned width, unsigned height)
{
	struct pixels pixels;

	picture_paint(&pixels, width, height);
	buf_init(out, PICTURE_MAX);
	switch (kind) {
	case 0:
		picture_jpeg(out, &pixels, PICTURE_BASELINE);
		break;
	case 1:
		picture_jpeg(out, &pixels, PICTURE_PROGRESSIVE);
		break;
	case 2:
		picture_png(out, pixels.data, width, height, PNG_FORMAT_RGB);
		break;
	case 3:
		picture_webp(out, pixels.data, width, height, 3, false);
		break;
	default:
		picture_webp(out, pixels.data, width, height, 3, true);
		break;
	}
	pixels_clear(&pixels);
}

static void
every_truncation_is_refused(void **state)
{
	(void)state;
	for (int kind = 0; kind < 5; kind++) {
		struct buf picture;
		size_t step;

		make(&picture, kind, 200, 150);
		assert_int_equal(
		    status_of(picture.data, picture.len), MEDIA_OK);
		step = picture.len / 200 + 1;
		for (size_t len = 0; len < picture.len; len += step) {
			assert_int_equal(
			    status_of(picture.data, len), MEDIA_NOT_A_PHOTO);
		}
		assert_int_equal(status_of(picture.data, picture.len - 1),
		    MEDIA_NOT_A_PHOTO);
		buf_clear(&picture);
	}
}

/* As a sender that lost its network and then tidied up would leave it. */
static void
a_jpeg_cut_and_closed_is_refused(void **state)
{
	(void)state;
	for (int kind = 0; kind < 2; kind++) {
		struct buf picture;

		make(&picture, kind, 1200, 900);
		picture.data[picture.len * 3 / 4] = 0xff;
		picture.data[picture.len * 3 / 4 + 1] = 0xd9;
		assert_int_equal(
		    status_of(picture.data, picture.len * 3 / 4 + 2),
		    MEDIA_NOT_A_PHOTO);
		buf_clear(&picture);
	}
}

static void
no_damage_does_harm(void **state)
{
	uint32_t random = 12345;

	(void)state;
	for (int kind = 0; kind < 5; kind++) {
		struct buf picture;

		make(&picture, kind, 160, 120);
		for (int i = 0; i < 500; i++) {
			size_t at;
			uint8_t before;

			random = random * 1664525u + 1013904223u;
			at = (random >> 8) % picture.len;
			before = picture.data[at];
			picture.data[at] ^= (uint8_t)(1u << (random & 7));
			(void)status_of(picture.data, picture.len);
			if (i % 3 == 0) {
				picture.data[at] = before;
			}
		}
		buf_clear(&picture);
	}
}

static void
other_formats_are_refused(void **state)
{
	static const char *const others[] = {"", "\xff", "\xff\xd8\xff",
	    "GIF89a\1\0\1\0\0\0\0", "BM\x36\0\0\0\0\0", "II*\0\x08\0\0\0",
	    "\0\0\0\x18"
	    "ftypheic",
	    "%PDF-1.7", "<svg xmlns=''/>", "RIFF\x24\0\0\0WAVEfmt ",
	    "\x89PNG\r\n\x1a\n", "PK\3\4"};

	(void)state;
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		uint8_t padded[256] = {0};
		size_t len = strlen(others[i]);

		memcpy(padded, others[i], len);
		assert_int_equal(status_of(others[i], len), MEDIA_NOT_A_PHOTO);
		assert_int_equal(
		    status_of(padded, sizeof(padded)), MEDIA_NOT_A_PHOTO);
	}
}

static void
assert_quick(int64_t since, int64_t most_ms)
{
	int64_t spent = clock_mono_ms() - since;

	if (spent > most_ms * SLOWER) {
		fail_msg("took %lld ms", (long long)spent);
	}
}

/* 30000 x 30000 black pixels in a few kilobytes: never unpacked. */
static void
a_png_bomb_is_refused_by_its_head(void **state)
{
	static const uint8_t head[] = {
	    0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30, 8, 2, 0, 0, 0};
	int64_t since = clock_mono_ms();
	struct buf picture;
	uint32_t sum;

	(void)state;
	make(&picture, 2, 64, 64);
	memcpy(picture.data + 16, head, sizeof(head));
	sum = picture_checksum(picture.data + 12, 17);
	for (unsigned i = 0; i < 4; i++) {
		picture.data[29 + i] = (uint8_t)(sum >> (24 - 8 * i));
	}
	assert_int_equal(
	    status_of(picture.data, picture.len), MEDIA_TOO_MANY_PIXELS);
	assert_quick(since, 50);
	buf_clear(&picture);
}

static void
a_jpeg_bomb_is_refused_by_its_head(void **state)
{
	static const uint8_t size[] = {0xff, 0xdc, 0xff, 0xdc};
	struct buf picture;
	uint8_t *frame;

	(void)state;
	make(&picture, 0, 64, 64);
	frame = memmem(picture.data, picture.len, "\xff\xc0\0\x11\x08", 5);
	assert_non_null(frame);
	memcpy(frame + 5, size, sizeof(size));
	assert_int_equal(
	    status_of(picture.data, picture.len), MEDIA_TOO_MANY_PIXELS);
	buf_clear(&picture);
}

static void
a_webp_bomb_is_refused_by_its_head(void **state)
{
	struct buf picture, nothing;

	(void)state;
	make(&picture, 3, 64, 64);
	buf_init(&nothing, 16);
	picture_webp_extend(&picture, 16383, 16383, 0, &nothing);
	assert_int_equal(
	    status_of(picture.data, picture.len), MEDIA_TOO_MANY_PIXELS);
	buf_clear(&picture);
	buf_clear(&nothing);
}

/* Small and honest in its head, but a pass over the picture for each scan. */
static void
a_jpeg_of_many_scans_is_refused(void **state)
{
	int64_t since;
	struct pixels pixels;
	struct buf picture;

	(void)state;
	picture_paint(&pixels, 3000, 2000);
	buf_init(&picture, PICTURE_MAX);
	picture_jpeg(&picture, &pixels, PICTURE_SCANS);
	since = clock_mono_ms();
	assert_int_equal(
	    status_of(picture.data, picture.len), MEDIA_NOT_A_PHOTO);
	assert_quick(since, 2000);
	buf_clear(&picture);
	pixels_clear(&pixels);
}

static void
unpacked_texts_never_reach_the_library(void **state)
{
	struct buf picture;
	uint8_t *packed = heap_new(1024 * 1024);
	int64_t since = clock_mono_ms();

	(void)state;
	make(&picture, 2, 64, 64);
	for (int i = 0; i < 8; i++) {
		picture_png_chunk(&picture, "zTXt", packed, 1024 * 1024);
		picture_png_chunk(&picture, "iCCP", packed, 64 * 1024);
	}
	assert_int_equal(status_of(picture.data, picture.len), MEDIA_OK);
	assert_quick(since, 500);
	heap_free(packed);
	buf_clear(&picture);
}

static void
animations_are_refused(void **state)
{
	struct buf picture, nothing;

	(void)state;
	make(&picture, 2, 64, 64);
	picture_png_chunk(&picture, "acTL", "\0\0\0\2\0\0\0\0", 8);
	assert_int_equal(
	    status_of(picture.data, picture.len), MEDIA_NOT_A_PHOTO);
	buf_clear(&picture);
	make(&picture, 3, 64, 64);
	buf_init(&nothing, 16);
	picture_webp_extend(&picture, 64, 64, 0x02, &nothing);
	assert_int_equal(
	    status_of(picture.data, picture.len), MEDIA_NOT_A_PHOTO);
	buf_clear(&picture);
	buf_clear(&nothing);
}

static void
arithmetic_coding_is_refused(void **state)
{
	struct pixels pixels;
	struct buf picture;

	(void)state;
	picture_paint(&pixels, 64, 64);
	buf_init(&picture, PICTURE_MAX);
	picture_jpeg(&picture, &pixels, PICTURE_ARITHMETIC);
	assert_int_equal(
	    status_of(picture.data, picture.len), MEDIA_NOT_A_PHOTO);
	buf_clear(&picture);
	pixels_clear(&pixels);
}

static void
more_than_ten_megabytes_are_refused(void **state)
{
	uint8_t *data = heap_new(MEDIA_BYTES_MAX + 1);
	struct buf picture;

	(void)state;
	make(&picture, 0, 64, 64);
	memcpy(data, picture.data, picture.len);
	assert_int_equal(
	    status_of(data, MEDIA_BYTES_MAX + 1), MEDIA_TOO_MANY_BYTES);
	assert_int_equal(status_of(data, MEDIA_BYTES_MAX), MEDIA_OK);
	buf_clear(&picture);
	heap_free(data);
}

static void
fifty_megapixels_are_taken_in_time(void **state)
{
	(void)state;
	for (int kind = 0; kind < 4; kind++) {
		struct buf picture;
		int64_t since;

		make(&picture, kind, kind == 3 ? 10000 : 8660,
		    kind == 3 ? 5000 : 5773);
		since = clock_mono_ms();
		assert_int_equal(
		    status_of(picture.data, picture.len), MEDIA_OK);
		assert_quick(since, 3000);
		print_message("kind %d: %lld ms\n", kind,
		    (long long)(clock_mono_ms() - since));
		buf_clear(&picture);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_truncation_is_refused),
	    cmocka_unit_test(a_jpeg_cut_and_closed_is_refused),
	    cmocka_unit_test(no_damage_does_harm),
	    cmocka_unit_test(other_formats_are_refused),
	    cmocka_unit_test(a_png_bomb_is_refused_by_its_head),
	    cmocka_unit_test(a_jpeg_bomb_is_refused_by_its_head),
	    cmocka_unit_test(a_webp_bomb_is_refused_by_its_head),
	    cmocka_unit_test(a_jpeg_of_many_scans_is_refused),
	    cmocka_unit_test(unpacked_texts_never_reach_the_library),
	    cmocka_unit_test(animations_are_refused),
	    cmocka_unit_test(arithmetic_coding_is_refused),
	    cmocka_unit_test(more_than_ten_megabytes_are_refused),
	    cmocka_unit_test(fifty_megapixels_are_taken_in_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
