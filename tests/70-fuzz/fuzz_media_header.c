/*
 * The head of a photo and its EXIF block: no overread, and a size within the
 * limits whenever it is accepted.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "media/exif.h"
#include "media/header.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct header header;
	unsigned turn = exif_orientation(data, len);

	if (turn < 1 || turn > 8) {
		abort();
	}
	if (header_read(&header, data, len) != MEDIA_OK) {
		return 0;
	}
	if (header.width == 0 || header.height == 0 ||
	    (uint64_t)header.width * header.height > MEDIA_PIXELS_MAX ||
	    header.orientation < 1 || header.orientation > 8) {
		abort();
	}
	return 0;
}
