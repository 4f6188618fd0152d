/*
 * What a picture looks like: copies are near, other pictures far. How near and
 * how far with street scenes is measured by tests/90-bench.
 *
 * SPDX-License-Identifier: ISC
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "media/convert.h"
#include "media/jpeg.h"
#include "media/phash.h"
#include "media/shrink.h"
#include "media/wire.h"
#include "media_service.h"
#include "pictures.h"

#define WIDTH  480
#define HEIGHT 360
#define SHAPES 60
/* Of the 320 bits of a window, and of its first word: crm.proof_same. */
#define NEAR_BITS  48
#define NEAR_WHOLE 10

static uint32_t
next(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

/* Boxes of all sizes and colours over each other. */
static void
paint(struct pixels *out, uint32_t seed)
{
	pixels_init(out, WIDTH, HEIGHT);
	for (int shape = 0; shape < SHAPES; shape++) {
		unsigned left = next(&seed) % WIDTH, top = next(&seed) % HEIGHT;
		unsigned right = left + 10 + next(&seed) % 160;
		unsigned bottom = top + 10 + next(&seed) % 120;
		uint8_t colour = (uint8_t)(next(&seed) % 256);

		for (unsigned y = top; y < bottom && y < HEIGHT; y++) {
			for (unsigned x = left; x < right && x < WIDTH; x++) {
				memset(out->data + ((size_t)y * WIDTH + x) * 3,
				    colour, 3);
			}
		}
	}
}

static void
cut(struct pixels *out, const struct pixels *from, unsigned left, unsigned top,
    unsigned right, unsigned bottom)
{
	pixels_init(
	    out, from->width - left - right, from->height - top - bottom);
	for (unsigned y = 0; y < out->height; y++) {
		memcpy(out->data + (size_t)y * out->width * 3,
		    from->data + ((size_t)(y + top) * from->width + left) * 3,
		    (size_t)out->width * 3);
	}
}

static int
apart(uint64_t one, uint64_t other)
{
	return __builtin_popcountll(one ^ other);
}

/* As the database looks: whether one band is met, then all bits. */
static bool
is_same(const uint64_t *window, const uint64_t *whole)
{
	static const uint64_t bands[3] = {
	    0x1fffff, UINT64_C(0x1fffff) << 21, ~UINT64_C(0) << 42};
	uint64_t other = window[PHASH_WHOLE] ^ whole[PHASH_WHOLE];
	bool is_met = false;
	int bits = apart(other, 0);

	for (int band = 0; band < PHASH_BANDS; band++) {
		uint64_t left = other & bands[band];

		is_met = is_met || left == 0 ||
		    left == (window[PHASH_WEAKEST] & bands[band]);
	}
	if (!is_met || bits > NEAR_WHOLE) {
		return false;
	}
	for (int i = PHASH_TOP_LEFT; i < PHASH_WORD__COUNT; i++) {
		bits += apart(window[i], whole[i]);
	}
	return bits <= NEAR_BITS;
}

static bool
is_found(const uint64_t copy[PHASH_LEN], const uint64_t *whole)
{
	for (int i = 0; i < PHASH_LEN; i += PHASH_WORD__COUNT) {
		if (is_same(copy + i, whole)) {
			return true;
		}
	}
	return false;
}

static void
every_quality_of_a_copy_is_the_same(void **state)
{
	uint64_t whole[PHASH_LEN], copy[PHASH_LEN];
	struct pixels pixels;

	(void)state;
	paint(&pixels, 1);
	phash_photo(whole, &pixels);
	for (int quality = 30; quality <= 95; quality += 5) {
		struct media_picture picture = {.data = NULL};
		struct header header;
		struct pixels again;

		assert_int_equal(
		    jpeg_encode(&picture, &pixels, quality), MEDIA_OK);
		assert_int_equal(
		    header_read(&header, picture.data, picture.len), MEDIA_OK);
		assert_int_equal(jpeg_decode(&again, &header, picture.data,
				     picture.len, WIDTH / 2),
		    MEDIA_OK);
		phash_photo(copy, &again);
		assert_true(is_same(copy, whole));
		pixels_clear(&again);
		heap_free(picture.data);
	}
	pixels_clear(&pixels);
}

static void
a_mirrored_picture_turns_the_signs_of_odd_waves(void **state)
{
	static const enum phash_word other[PHASH_WORD__COUNT] = {
	    [PHASH_WHOLE] = PHASH_WHOLE,
	    [PHASH_TOP_LEFT] = PHASH_TOP_RIGHT,
	    [PHASH_TOP_RIGHT] = PHASH_TOP_LEFT,
	    [PHASH_BOTTOM_LEFT] = PHASH_BOTTOM_RIGHT,
	    [PHASH_BOTTOM_RIGHT] = PHASH_BOTTOM_LEFT};
	uint64_t plain[PHASH_LEN], mirrored[PHASH_LEN];
	struct pixels pixels;

	(void)state;
	paint(&pixels, 2);
	phash_photo(plain, &pixels);
	pixels_turn(&pixels, 2);
	phash_photo(mirrored, &pixels);
	for (int i = 0; i < PHASH_WORD__COUNT; i++) {
		if (i != PHASH_WEAKEST) {
			assert_in_range(
			    apart(plain[i] ^ PHASH_MIRROR, mirrored[other[i]]),
			    0, 1);
		}
	}
	pixels_clear(&pixels);
}

static void
what_is_left_of_a_cut_picture_is_found(void **state)
{
	static const unsigned parts[] = {0, 3, 8, 13, 20};
	uint64_t whole[PHASH_LEN], copy[PHASH_LEN];
	struct pixels pixels, left;

	(void)state;
	paint(&pixels, 3);
	phash_photo(whole, &pixels);
	for (unsigned sides = 1; sides < 16; sides++) {
		if (__builtin_popcount(sides) == 3) {
			continue;
		}
		for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
			unsigned wide = WIDTH * parts[i] / 100;
			unsigned high = HEIGHT * parts[i] / 100;

			cut(&left, &pixels, wide * (sides & 1),
			    high * (sides >> 2 & 1), wide * (sides >> 1 & 1),
			    high * (sides >> 3));
			phash_photo(copy, &left);
			assert_true(is_found(copy, whole));
			pixels_clear(&left);
		}
	}
	pixels_clear(&pixels);
}

static void
other_pictures_are_not_found(void **state)
{
	uint64_t words[12][PHASH_LEN];
	struct pixels pixels;

	(void)state;
	for (uint32_t i = 0; i < 12; i++) {
		paint(&pixels, 100 + i);
		phash_photo(words[i], &pixels);
		pixels_clear(&pixels);
	}
	for (int i = 0; i < 12; i++) {
		for (int k = 0; k < 12; k++) {
			assert_int_equal(is_found(words[i], words[k]), i == k);
		}
	}
}

static void
what_shows_nothing_has_no_words(void **state)
{
	static const unsigned sizes[][2] = {
	    {1, 1}, {1, 480}, {480, 1}, {WIDTH, HEIGHT}};
	static const uint64_t none[PHASH_LEN];
	uint64_t words[PHASH_LEN];
	struct pixels pixels;
	uint32_t seed = 7;

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		pixels_init(&pixels, sizes[i][0], sizes[i][1]);
		for (size_t k = 0; k < (size_t)sizes[i][0] * sizes[i][1] * 3;
		     k++) {
			/* Noise, and light that falls off a little. */
			pixels.data[k] = (uint8_t)(120 + next(&seed) % 20 +
			    k * 10 / ((size_t)sizes[i][0] * sizes[i][1] * 3));
		}
		phash_photo(words, &pixels);
		if (i == 3) {
			assert_memory_equal(words, none, sizeof(none));
		}
		pixels_clear(&pixels);
	}
}

static void
each_band_names_its_weakest_bit(void **state)
{
	uint64_t words[PHASH_LEN];
	struct pixels pixels;

	(void)state;
	paint(&pixels, 4);
	phash_photo(words, &pixels);
	for (int i = 0; i < PHASH_LEN; i += PHASH_WORD__COUNT) {
		uint64_t weakest = words[i + PHASH_WEAKEST];

		assert_true(words[i] != 0);
		assert_int_equal(apart(weakest, 0), PHASH_BANDS);
		assert_int_equal(apart(weakest >> 42, 0), 1);
		assert_int_equal(apart(weakest & 0x1fffff, 0), 1);
	}
	pixels_clear(&pixels);
}

static void
the_words_come_over_the_wire(void **state)
{
	struct media_picture picture = {.data = NULL};
	struct media_result here, there;
	static struct service service;
	struct pixels pixels;

	(void)state;
	if (service_binary() == NULL) {
		skip();
	}
	assert_true(service_start(&service, 1, NULL, NULL));
	paint(&pixels, 5);
	assert_int_equal(jpeg_encode(&picture, &pixels, 80), MEDIA_OK);
	assert_int_equal(
	    media_convert(&there, service.socket, picture.data, picture.len),
	    OK);
	convert_photo(&here, picture.data, picture.len);
	assert_int_equal(there.status, MEDIA_OK);
	assert_memory_equal(here.hash, there.hash, sizeof(here.hash));
	assert_true(here.hash[0] != 0);
	media_result_clear(&here);
	media_result_clear(&there);
	heap_free(picture.data);
	pixels_clear(&pixels);
	service_clean(&service);
}

static void
numbers_of_64_bits_go_both_ways(void **state)
{
	static const uint8_t sent[8] = {0xfe, 2, 3, 4, 5, 6, 7, 8};
	uint8_t back[8];

	(void)state;
	assert_true(wire_get64(sent) == UINT64_C(0xfe02030405060708));
	wire_put64(back, wire_get64(sent));
	assert_memory_equal(sent, back, sizeof(sent));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_quality_of_a_copy_is_the_same),
	    cmocka_unit_test(a_mirrored_picture_turns_the_signs_of_odd_waves),
	    cmocka_unit_test(what_is_left_of_a_cut_picture_is_found),
	    cmocka_unit_test(other_pictures_are_not_found),
	    cmocka_unit_test(what_shows_nothing_has_no_words),
	    cmocka_unit_test(each_band_names_its_weakest_bit),
	    cmocka_unit_test(the_words_come_over_the_wire),
	    cmocka_unit_test(numbers_of_64_bits_go_both_ways),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
