/*
 * The one thing kept from a photo's EXIF: which way is up.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_MEDIA_EXIF_H
#define API_MEDIA_EXIF_H

#include <stddef.h>
#include <stdint.h>

#define EXIF_UPRIGHT 1

/*
 * Orientation 1 to 8 from a TIFF block, with or without "Exif\0\0" in front;
 * EXIF_UPRIGHT when it has none or cannot be read.
 */
unsigned exif_orientation(const uint8_t *data, size_t len);

#endif
