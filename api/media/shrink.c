/*
 * Area averaging in whole numbers. Each source pixel is counted as out_width
 * units wide and out_height units high; each pixel of the result then covers
 * exactly width by height units, and nothing is rounded before the end.
 *
 * SPDX-License-Identifier: ISC
 */
#include "media/shrink.h"

#include <stddef.h>
#include <string.h>

#include "core/check.h"
#include "core/heap.h"

struct shrink {
	struct pixels *out;
	unsigned width;
	unsigned height;
	unsigned rows; /* of the source taken so far */
	unsigned out_rows; /* complete */
	unsigned need; /* units the current out row still lacks */
	uint32_t *across; /* sums of one source row */
	uint64_t *down; /* sums of the current out row */
};

void
shrink_size(unsigned *width, unsigned *height, unsigned longest)
{
	uint64_t side = *width > *height ? *width : *height;

	if (side <= longest) {
		return;
	}
	*width = (unsigned)((*width * (uint64_t)longest + side / 2) / side);
	*height = (unsigned)((*height * (uint64_t)longest + side / 2) / side);
	*width = *width == 0 ? 1 : *width;
	*height = *height == 0 ? 1 : *height;
}

struct shrink *
shrink_new(struct pixels *out, unsigned out_width, unsigned out_height,
    unsigned width, unsigned height)
{
	struct shrink *shrink = heap_new(sizeof(*shrink));
	size_t count = (size_t)out_width * PIXELS_CHANNELS;

	must(out_width <= width && out_height <= height, "shrink never grows");
	must(width < UINT32_MAX / 255, "the sum of a row fits 32 bits");
	pixels_init(out, out_width, out_height);
	shrink->out = out;
	shrink->width = width;
	shrink->height = height;
	shrink->need = height;
	shrink->across = heap_array(count, sizeof(*shrink->across));
	shrink->down = heap_array(count, sizeof(*shrink->down));
	return shrink;
}

void
shrink_free(struct shrink *shrink)
{
	if (shrink == NULL) {
		return;
	}

	size_t count = (size_t)shrink->out->width * PIXELS_CHANNELS;

	heap_wipe(shrink->across, count * sizeof(*shrink->across));
	heap_wipe(shrink->down, count * sizeof(*shrink->down));
	heap_free(shrink);
}

static void
sum_across(const struct shrink *shrink, const uint8_t *from)
{
	const unsigned unit = shrink->out->width;
	unsigned left = unit; /* of the source pixel we stand on */
	uint32_t *sum = shrink->across;

	for (unsigned x = 0; x < unit; x++, sum += PIXELS_CHANNELS) {
		unsigned need = shrink->width - left;
		uint32_t red = 0, green = 0, blue = 0;

		sum[0] = from[0] * left;
		sum[1] = from[1] * left;
		sum[2] = from[2] * left;
		from += PIXELS_CHANNELS;
		for (; need >= unit; need -= unit, from += PIXELS_CHANNELS) {
			red += from[0];
			green += from[1];
			blue += from[2];
		}
		sum[0] += red * unit;
		sum[1] += green * unit;
		sum[2] += blue * unit;
		left = unit - need;
		if (need > 0) {
			sum[0] += from[0] * need;
			sum[1] += from[1] * need;
			sum[2] += from[2] * need;
		}
	}
}

static void
add_down(const struct shrink *shrink, unsigned weight)
{
	size_t count = (size_t)shrink->out->width * PIXELS_CHANNELS;

	for (size_t i = 0; i < count; i++) {
		shrink->down[i] += (uint64_t)shrink->across[i] * weight;
	}
}

static void
finish_row(struct shrink *shrink)
{
	size_t count = (size_t)shrink->out->width * PIXELS_CHANNELS;
	uint64_t area = (uint64_t)shrink->width * shrink->height;
	uint8_t *to = shrink->out->data + shrink->out_rows * count;

	must(area > 0, "no side is empty");
	for (size_t i = 0; i < count; i++) {
		to[i] = (uint8_t)((shrink->down[i] + area / 2) / area);
	}
	memset(shrink->down, 0, count * sizeof(*shrink->down));
	shrink->out_rows++;
	shrink->need = shrink->height;
}

void
shrink_row(struct shrink *shrink, const uint8_t *row)
{
	unsigned unit = shrink->out->height;
	unsigned now = unit < shrink->need ? unit : shrink->need;

	must(shrink->rows < shrink->height, "no row after the last");
	shrink->rows++;
	if (shrink->out->width == shrink->width &&
	    shrink->out->height == shrink->height) {
		size_t len = (size_t)shrink->width * PIXELS_CHANNELS;

		memcpy(shrink->out->data + (shrink->rows - 1) * len, row, len);
		return;
	}
	sum_across(shrink, row);
	add_down(shrink, now);
	shrink->need -= now;
	if (shrink->need == 0) {
		finish_row(shrink);
		if (unit > now) {
			add_down(shrink, unit - now);
			shrink->need -= unit - now;
		}
	}
}

void
shrink_pixels(struct pixels *out, const struct pixels *pixels, unsigned longest)
{
	unsigned width = pixels->width, height = pixels->height;
	struct shrink *shrink;

	shrink_size(&width, &height, longest);
	shrink = shrink_new(out, width, height, pixels->width, pixels->height);
	for (unsigned y = 0; y < pixels->height; y++) {
		shrink_row(shrink,
		    pixels->data + (size_t)y * pixels->width * PIXELS_CHANNELS);
	}
	shrink_free(shrink);
}
