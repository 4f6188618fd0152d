/*
 * A picture in memory: rows of red, green, blue bytes without gaps.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_MEDIA_PIXELS_H
#define API_MEDIA_PIXELS_H

#include <stdint.h>

#define PIXELS_CHANNELS 3

struct pixels {
	uint8_t *data; /* owned */
	unsigned width;
	unsigned height;
};

/* Black. Width and height at least 1. */
void pixels_init(struct pixels *, unsigned width, unsigned height);
/* Wipes and frees the memory; legal on a zeroed or cleared one. */
void pixels_clear(struct pixels *);
/* Turns and mirrors in place so that EXIF orientation 1 to 8 is upright. */
void pixels_turn(struct pixels *, unsigned orientation);

#endif
