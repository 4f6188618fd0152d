/*
 * Orientation from the first directory of a TIFF block (EXIF 2.32, 4.6.4).
 *
 * SPDX-License-Identifier: ISC
 */
#include "media/exif.h"

#include <stdbool.h>
#include <string.h>

#define TAG_ORIENTATION 0x0112
#define TYPE_SHORT      3
#define ENTRY_LEN       12
#define TIFF_HEAD_LEN   8

static unsigned
get16(const uint8_t *data, bool is_little)
{
	return is_little ? (unsigned)data[0] | (unsigned)data[1] << 8
			 : (unsigned)data[0] << 8 | data[1];
}

static uint32_t
get32(const uint8_t *data, bool is_little)
{
	return is_little ? get16(data, true) | get16(data + 2, true) << 16
			 : get16(data, false) << 16 | get16(data + 2, false);
}

unsigned
exif_orientation(const uint8_t *data, size_t len)
{
	bool is_little;
	size_t at;
	unsigned count;

	if (len >= 6 && memcmp(data, "Exif\0\0", 6) == 0) {
		data += 6;
		len -= 6;
	}
	if (len < TIFF_HEAD_LEN) {
		return EXIF_UPRIGHT;
	}
	is_little = memcmp(data, "II*\0", 4) == 0;
	if (!is_little && memcmp(data, "MM\0*", 4) != 0) {
		return EXIF_UPRIGHT;
	}
	at = get32(data + 4, is_little);
	if (at > len - 2) {
		return EXIF_UPRIGHT;
	}
	count = get16(data + at, is_little);
	at += 2;
	for (; count > 0 && len - at >= ENTRY_LEN; count--, at += ENTRY_LEN) {
		const uint8_t *entry = data + at;
		unsigned value;

		if (get16(entry, is_little) != TAG_ORIENTATION) {
			continue;
		}
		value = get16(entry + 8, is_little);
		if (get16(entry + 2, is_little) != TYPE_SHORT ||
		    get32(entry + 4, is_little) != 1 || value > 8) {
			return EXIF_UPRIGHT;
		}
		return value == 0 ? EXIF_UPRIGHT : value;
	}
	return EXIF_UPRIGHT;
}
