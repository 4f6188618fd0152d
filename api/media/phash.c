/*
 * Words of the windows of a picture, see phash.h. All windows are cut from one
 * table of sums, so that each costs no more than its 32 x 32 cells.
 *
 * SPDX-License-Identifier: ISC
 */
#include "media/phash.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "core/heap.h"

#define CELLS 32
#define WAVES 8
#define BITS  64
/* What is cut off at most, and by how much the cuts differ. */
#define CUT_MOST 0.2
#define CUT_STEP (CUT_MOST / PHASH_STEPS)
/* Grey levels that the cells must differ by to be more than noise. */
#define DETAIL_LEAST 4.0

enum side { LEFT = 1, RIGHT = 2, TOP = 4, BOTTOM = 8 };

static const unsigned cuts[PHASH_CUTS] = {LEFT, RIGHT, TOP, BOTTOM, LEFT | TOP,
    RIGHT | TOP, LEFT | BOTTOM, RIGHT | BOTTOM, LEFT | RIGHT, TOP | BOTTOM,
    LEFT | RIGHT | TOP | BOTTOM};

static const uint64_t bands[PHASH_BANDS] = {(UINT64_C(1) << 21) - 1,
    ((UINT64_C(1) << 21) - 1) << 21, ~UINT64_C(0) << 42};

/* Parts of the picture's sides, 0 to 1. */
struct window {
	double left;
	double top;
	double right;
	double bottom;
};

/* sum[y][x]: of the grey of all pixels above and left of the corner x, y. */
struct sums {
	uint64_t *sum;
	size_t len;
	unsigned width;
	unsigned height;
};

struct waves {
	double cosine[WAVES][CELLS];
};

/* Luma of ITU-R BT.601, times 1000. */
static void
sums_init(struct sums *sums, const struct pixels *pixels)
{
	const size_t stride = (size_t)pixels->width + 1;
	const uint8_t *from = pixels->data;

	sums->width = pixels->width;
	sums->height = pixels->height;
	sums->len = stride * ((size_t)pixels->height + 1);
	sums->sum = heap_array(sums->len, sizeof(*sums->sum));
	for (unsigned y = 0; y < pixels->height; y++) {
		const uint64_t *above = sums->sum + y * stride;
		uint64_t *row = sums->sum + (y + 1) * stride;
		uint64_t sum = 0;

		for (unsigned x = 0; x < pixels->width; x++) {
			sum += from[0] * 299u + from[1] * 587u + from[2] * 114u;
			row[x + 1] = above[x + 1] + sum;
			from += PIXELS_CHANNELS;
		}
	}
}

/* Sum up to a corner that may lie inside a pixel. */
static double
sum_at(const struct sums *sums, double x, double y)
{
	unsigned column = (unsigned)x, row = (unsigned)y;
	const size_t stride = (size_t)sums->width + 1;
	const uint64_t *sum;
	double above, below;

	column = column < sums->width ? column : sums->width - 1;
	row = row < sums->height ? row : sums->height - 1;
	x -= column;
	y -= row;
	sum = sums->sum + row * stride + column;
	above = (1 - x) * (double)sum[0] + x * (double)sum[1];
	below = (1 - x) * (double)sum[stride] + x * (double)sum[stride + 1];
	return (1 - y) * above + y * below;
}

/* Mean grey of each cell of a window; false when they hardly differ. */
static bool
cells_read(double cell[CELLS][CELLS], const struct sums *sums,
    const struct window *window)
{
	const double wide = (window->right - window->left) * sums->width;
	const double high = (window->bottom - window->top) * sums->height;
	const double scale = 1e-3 * CELLS * CELLS / (wide * high);
	double corner[2][CELLS + 1];
	double sum = 0, squares = 0;

	for (int y = 0; y <= CELLS; y++) {
		double *now = corner[y & 1], *before = corner[~y & 1];
		double at = window->top * sums->height + high * y / CELLS;

		for (int x = 0; x <= CELLS; x++) {
			now[x] = sum_at(sums,
			    window->left * sums->width + wide * x / CELLS, at);
		}
		for (int x = 0; x < CELLS && y > 0; x++) {
			double grey = scale *
			    (now[x + 1] - now[x] - before[x + 1] + before[x]);

			cell[y - 1][x] = grey;
			sum += grey;
			squares += grey * grey;
		}
	}
	sum /= CELLS * CELLS;
	squares /= CELLS * CELLS;
	return squares - sum * sum >= DETAIL_LEAST * DETAIL_LEAST;
}

static void
waves_init(struct waves *waves)
{
	for (int wave = 0; wave < WAVES; wave++) {
		for (int i = 0; i < CELLS; i++) {
			waves->cosine[wave][i] = cos(
			    M_PI * (wave + 1) * (2 * i + 1) / (2.0 * CELLS));
		}
	}
}

/* The mean and what varies along one side only are left out, as by Zauner. */
static void
transform(
    double out[BITS], const struct waves *waves, double cell[CELLS][CELLS])
{
	double down[CELLS];

	for (int wave = 0; wave < WAVES; wave++) {
		memset(down, 0, sizeof(down));
		for (int y = 0; y < CELLS; y++) {
			for (int x = 0; x < CELLS; x++) {
				down[x] += waves->cosine[wave][y] * cell[y][x];
			}
		}
		for (int across = 0; across < WAVES; across++) {
			double sum = 0;

			for (int x = 0; x < CELLS; x++) {
				sum += waves->cosine[across][x] * down[x];
			}
			*out++ = sum;
		}
	}
}

static uint64_t
signs(const double wave[BITS])
{
	uint64_t word = 0;

	for (int i = 0; i < BITS; i++) {
		word |= (uint64_t)(wave[i] > 0) << i;
	}
	return word;
}

/* In each band the bit nearest to turning over. */
static uint64_t
weakest(const double wave[BITS])
{
	uint64_t word = 0;

	for (int band = 0; band < PHASH_BANDS; band++) {
		int found = -1;

		for (int i = 0; i < BITS; i++) {
			if ((bands[band] >> i & 1) != 0 &&
			    (found < 0 || fabs(wave[i]) < fabs(wave[found]))) {
				found = i;
			}
		}
		word |= UINT64_C(1) << found;
	}
	return word;
}

static uint64_t
quarter(const struct sums *sums, const struct waves *waves,
    const struct window *window, bool is_right, bool is_bottom)
{
	const double middle = (window->left + window->right) / 2;
	const double half = (window->top + window->bottom) / 2;
	const struct window part = {
	    .left = is_right ? middle : window->left,
	    .top = is_bottom ? half : window->top,
	    .right = is_right ? window->right : middle,
	    .bottom = is_bottom ? window->bottom : half,
	};
	double cell[CELLS][CELLS], wave[BITS];

	if (!cells_read(cell, sums, &part)) {
		return 0;
	}
	transform(wave, waves, cell);
	return signs(wave);
}

/* out is all zero; false when the window shows nothing. */
static bool
window_hash(uint64_t out[PHASH_WORD__COUNT], const struct sums *sums,
    const struct waves *waves, const struct window *window)
{
	double cell[CELLS][CELLS], wave[BITS];

	if (!cells_read(cell, sums, window)) {
		return false;
	}
	transform(wave, waves, cell);
	out[PHASH_WHOLE] = signs(wave);
	out[PHASH_WEAKEST] = weakest(wave);
	out[PHASH_TOP_LEFT] = quarter(sums, waves, window, false, false);
	out[PHASH_TOP_RIGHT] = quarter(sums, waves, window, true, false);
	out[PHASH_BOTTOM_LEFT] = quarter(sums, waves, window, false, true);
	out[PHASH_BOTTOM_RIGHT] = quarter(sums, waves, window, true, true);
	return true;
}

/* Where the middle of a picture lies once part of some sides is cut off. */
static struct window
window_after(unsigned sides, double part)
{
	const double left = (sides & LEFT) != 0 ? part : 0;
	const double right = (sides & RIGHT) != 0 ? part : 0;
	const double top = (sides & TOP) != 0 ? part : 0;
	const double bottom = (sides & BOTTOM) != 0 ? part : 0;
	const double wide = 1 - left - right, high = 1 - top - bottom;

	return (struct window){
	    .left = (CUT_MOST - left) / wide,
	    .top = (CUT_MOST - top) / high,
	    .right = (1 - CUT_MOST - left) / wide,
	    .bottom = (1 - CUT_MOST - top) / high,
	};
}

void
phash_photo(uint64_t out[PHASH_LEN], const struct pixels *pixels)
{
	struct window window = window_after(0, 0);
	struct sums sums;
	struct waves waves;

	memset(out, 0, PHASH_LEN * sizeof(*out));
	sums_init(&sums, pixels);
	waves_init(&waves);
	if (!window_hash(out, &sums, &waves, &window)) {
		goto done;
	}
	for (int cut = 0; cut < PHASH_CUTS; cut++) {
		for (int step = 1; step <= PHASH_STEPS; step++) {
			out += PHASH_WORD__COUNT;
			window = window_after(cuts[cut], step * CUT_STEP);
			(void)window_hash(out, &sums, &waves, &window);
		}
	}
done:
	heap_wipe(sums.sum, sums.len * sizeof(*sums.sum));
}
