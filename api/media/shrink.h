/*
 * Makes a picture smaller by area: each pixel of the result is the exact mean
 * of the area it covers. Takes the source row by row, so that a large source
 * never has to be in memory at once.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_MEDIA_SHRINK_H
#define API_MEDIA_SHRINK_H

#include <stdint.h>

#include "media/pixels.h"

struct shrink;

/* Changes a size so that its longer side is at most longest; never grows. */
void shrink_size(unsigned *width, unsigned *height, unsigned longest);

/*
 * Owned by the caller. out is initialised, owned by the caller and must live
 * as long; it is complete after the source's last row.
 */
struct shrink *shrink_new(struct pixels *out, unsigned out_width,
    unsigned out_height, unsigned width, unsigned height);
void shrink_row(struct shrink *, const uint8_t *row);
/* NULL is legal. */
void shrink_free(struct shrink *);

/* A whole picture at once; out is initialised and owned by the caller. */
void shrink_pixels(struct pixels *out, const struct pixels *, unsigned longest);

#endif
