/*
 * Pictures in memory and their turning, see pixels.h.
 *
 * SPDX-License-Identifier: ISC
 */
#include "media/pixels.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "core/check.h"
#include "core/heap.h"
#include "media/exif.h"

static size_t
size(const struct pixels *pixels)
{
	return (size_t)pixels->width * pixels->height * PIXELS_CHANNELS;
}

void
pixels_init(struct pixels *pixels, unsigned width, unsigned height)
{
	must(width > 0 && height > 0, "a picture has at least one pixel");
	pixels->width = width;
	pixels->height = height;
	pixels->data = heap_new(size(pixels));
}

void
pixels_clear(struct pixels *pixels)
{
	heap_wipe(pixels->data, size(pixels));
	*pixels = (struct pixels){.data = NULL};
}

/* Orientation is: swap the axes if above 4, then mirror across, then down. */
void
pixels_turn(struct pixels *pixels, unsigned orientation)
{
	bool is_swapped = orientation >= 5;
	bool is_across = orientation == 2 || orientation == 3 ||
	    orientation == 7 || orientation == 8;
	bool is_down = orientation == 3 || orientation == 4 ||
	    orientation == 6 || orientation == 7;
	struct pixels from = *pixels;
	uint8_t *to;

	must(orientation >= 1 && orientation <= 8, "orientation is 1 to 8");
	if (orientation == EXIF_UPRIGHT) {
		return;
	}
	pixels_init(pixels, is_swapped ? from.height : from.width,
	    is_swapped ? from.width : from.height);
	to = pixels->data;
	for (unsigned y = 0; y < pixels->height; y++) {
		for (unsigned x = 0; x < pixels->width; x++) {
			unsigned column = is_swapped ? y : x;
			unsigned row = is_swapped ? x : y;

			if (is_across) {
				column = from.width - 1 - column;
			}
			if (is_down) {
				row = from.height - 1 - row;
			}
			memcpy(to,
			    from.data +
				((size_t)row * from.width + column) *
				    PIXELS_CHANNELS,
			    PIXELS_CHANNELS);
			to += PIXELS_CHANNELS;
		}
	}
	pixels_clear(&from);
}
