/*
 * The head of a photo, its EXIF block, and shrinking: the small parts.
 *
 * SPDX-License-Identifier: ISC
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "media/exif.h"
#include "media/header.h"
#include "media/shrink.h"
#include "pictures.h"

/* The length in the head ends before the head does. */
static void
a_webp_shorter_than_its_head_is_refused(void **state)
{
	static const char head[] = "RIFF\0\0\0\0WEBPVP8L\5\0\0\0/\0\0\0\0";
	struct header header;

	(void)state;
	assert_int_equal(
	    header_read(&header, (const uint8_t *)head, sizeof(head)),
	    MEDIA_NOT_A_PHOTO);
}

static void
one_pixel_more_is_too_many(void **state)
{
	struct header header;
	uint8_t head[57] = "\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR"
			   "\0\0\0\1\x02\xfa\xf0\x81"; /* 50,000,001 */

	(void)state;
	memcpy(head + 33, "\0\0\0\0IDAT\0\0\0\0\0\0\0\0IEND\0\0\0\0", 24);
	assert_int_equal(
	    header_read(&header, head, sizeof(head)), MEDIA_TOO_MANY_PIXELS);
	head[23] = 0x80;
	assert_int_equal(header_read(&header, head, sizeof(head)), MEDIA_OK);
}

static void
broken_exif_means_upright(void **state)
{
	struct buf exif;

	(void)state;
	for (int is_little = 0; is_little < 2; is_little++) {
		buf_init(&exif, 4096);
		picture_exif(&exif, 6, is_little != 0);
		assert_int_equal(exif_orientation(exif.data, exif.len), 6);
		for (size_t len = 0; len < 34; len++) {
			assert_int_equal(exif_orientation(exif.data, len), 1);
		}
		memset(exif.data + 4, 0xff, 4);
		assert_int_equal(exif_orientation(exif.data, exif.len), 1);
		buf_clear(&exif);
		picture_exif(&exif, 9, is_little != 0);
		assert_int_equal(exif_orientation(exif.data, exif.len), 1);
		buf_clear(&exif);
		picture_exif(&exif, 0, is_little != 0);
		assert_int_equal(exif_orientation(exif.data, exif.len), 1);
		buf_clear(&exif);
	}
}

/* The sum of weighted source pixels, the slow and obvious way. */
static double
mean_of(const struct pixels *from, const struct pixels *to, unsigned x,
    unsigned y, unsigned channel)
{
	double left = (double)x * from->width / to->width;
	double right = (double)(x + 1) * from->width / to->width;
	double top = (double)y * from->height / to->height;
	double bottom = (double)(y + 1) * from->height / to->height;
	double sum = 0;

	for (unsigned v = (unsigned)top; v < from->height && v < bottom; v++) {
		double high =
		    (v + 1 < bottom ? v + 1 : bottom) - (v > top ? v : top);

		for (unsigned u = (unsigned)left; u < from->width && u < right;
		     u++) {
			double wide = (u + 1 < right ? u + 1 : right) -
			    (u > left ? u : left);
			size_t at = (size_t)v * from->width + u;

			sum += wide * high * from->data[at * 3 + channel];
		}
	}
	return sum / ((right - left) * (bottom - top));
}

static void
each_small_pixel_is_the_mean_of_its_area(void **state)
{
	static const unsigned sizes[][3] = {{31, 17, 30}, {31, 17, 16},
	    {31, 17, 7}, {17, 31, 1}, {100, 3, 33}, {8, 8, 4}};
	uint32_t random = 7;

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		struct pixels from, to;

		pixels_init(&from, sizes[i][0], sizes[i][1]);
		for (size_t k = 0; k < (size_t)from.width * from.height * 3;
		     k++) {
			random = random * 1664525u + 1013904223u;
			from.data[k] = (uint8_t)(random >> 24);
		}
		shrink_pixels(&to, &from, sizes[i][2]);
		for (unsigned k = 0; k < to.width * to.height * 3; k++) {
			unsigned x = k / 3 % to.width, y = k / 3 / to.width;
			double mean = mean_of(&from, &to, x, y, k % 3);
			double difference = mean - to.data[k];

			assert_true(difference < 0.51 && difference > -0.51);
		}
		pixels_clear(&from);
		pixels_clear(&to);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_webp_shorter_than_its_head_is_refused),
	    cmocka_unit_test(one_pixel_more_is_too_many),
	    cmocka_unit_test(broken_exif_means_upright),
	    cmocka_unit_test(each_small_pixel_is_the_mean_of_its_area),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
