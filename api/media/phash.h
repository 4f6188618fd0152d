/*
 * What a picture looks like, in a few 64-bit words, so that copies of it can
 * be found: the DCT hash of Christoph Zauner, "Implementation and Benchmarking
 * of Perceptual Image Hash Functions" (2010), of windows of the picture.
 *
 * A word is made of the 8 x 8 lowest waves of 32 x 32 grey cells. Unlike
 * Zauner's it keeps their signs, not which lie above the median: the word of
 * the mirrored window then is word ^ PHASH_MIRROR, with nothing lost in what
 * was measured (docs/proof.md).
 *
 * What a photo is known by is its middle, 60 % of each side. A copy of which
 * up to 20 % were cut off still has that middle; where it then lies depends on
 * the cut. So each window stands for one cut: it is where the middle is to be
 * looked for in a copy that was cut so. The first is that of no cut.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_MEDIA_PHASH_H
#define API_MEDIA_PHASH_H

#include <stdint.h>

#include "media/pixels.h"

#define PHASH_MIRROR UINT64_C(0x5555555555555555)
#define PHASH_BANDS  3 /* bits 0-20, 21-41, 42-63: how the index is searched */

enum phash_word {
	PHASH_WHOLE,
	/* In each band the bit of PHASH_WHOLE that is least certain. */
	PHASH_WEAKEST,
	/* The four quarters of the window, to tell likeness from sameness. */
	PHASH_TOP_LEFT,
	PHASH_TOP_RIGHT,
	PHASH_BOTTOM_LEFT,
	PHASH_BOTTOM_RIGHT,
	PHASH_WORD__COUNT
};

#define PHASH_CUTS    11 /* four sides, four corners, around, two middles */
#define PHASH_STEPS   10 /* of 2 % */
#define PHASH_WINDOWS (1 + PHASH_CUTS * PHASH_STEPS)
#define PHASH_LEN     (PHASH_WINDOWS * PHASH_WORD__COUNT)

/*
 * The words of one window after the other. Of a window, or a quarter, without
 * detail they are 0; when it is the first window, of all.
 */
void phash_photo(uint64_t out[PHASH_LEN], const struct pixels *);

#endif
