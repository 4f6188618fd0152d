/*
 * The photo store: files named by the SHA-256 of their bytes, written once, and
 * readable by the store's group, to which the jobs belong.
 * A photo of a private report is AES-256-GCM sealed before it is written, with
 * a key made for that report (core/seal.h).
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_PHOTO_STORE_H
#define API_PHOTO_STORE_H

#include <stddef.h>
#include <stdint.h>

#include "core/err.h"

#define STORE_NAME_LEN 64 /* lower-case hex */

/*
 * Blocking; for pool threads. Durable when it returns OK: temporary file,
 * fsync, rename, fsync of the directory. key NULL = stored in clear.
 * ERR_UNAVAILABLE when the disk is full or fails.
 */
must_check enum err store_write(char name[STORE_NAME_LEN + 1],
    const char *directory, const uint8_t key[32], const uint8_t *data,
    size_t len);
/*
 * Blocking. *data is malloc'd and owned by the caller. ERR_NOT_FOUND when
 * there is no such file; ERR_BROKEN when its bytes do not match its name.
 */
must_check enum err store_read(
    uint8_t **data, size_t *len, const char *directory, const char *name);

#endif
