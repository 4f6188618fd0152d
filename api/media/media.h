/*
 * The talk between the server and crm media over a unix stream socket, one
 * photo a connection: request = "CRMP", u32 big-endian length, the bytes;
 * answer = status byte (enum media_status), then for MEDIA_OK two pictures
 * (full, thumb), each u16 width, u16 height, u32 length (big-endian), JPEG;
 * last PHASH_LEN words of u64 (big-endian), what the picture looks like.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_MEDIA_MEDIA_H
#define API_MEDIA_MEDIA_H

#include <stddef.h>
#include <stdint.h>

#include "core/err.h"
#include "media/phash.h"

#define MEDIA_BYTES_MAX  ((size_t)10 * 1024 * 1024)
#define MEDIA_PIXELS_MAX 50000000u

enum media_status {
	MEDIA_OK = 0,
	MEDIA_NOT_A_PHOTO = 1, /* not JPEG, PNG or WebP, or broken */
	MEDIA_TOO_MANY_PIXELS = 2,
	MEDIA_TOO_MANY_BYTES = 3,
};

struct media_picture {
	uint8_t *data; /* malloc'd, owned */
	size_t len;
	unsigned width;
	unsigned height;
};

struct media_result {
	enum media_status status;
	struct media_picture full; /* longest side at most 1600 */
	struct media_picture thumb; /* longest side at most 480 */
	uint64_t hash[PHASH_LEN]; /* see phash.h */
};

/*
 * Blocking; for pool threads. Tries another child when one dies on the photo,
 * three in all; one that kills all three is MEDIA_NOT_A_PHOTO.
 * ERR_UNAVAILABLE when the service cannot be reached; within 15 s.
 */
must_check enum err media_convert(struct media_result *out,
    const char *socket_path, const uint8_t *data, size_t len);
void media_result_clear(struct media_result *);

#endif
