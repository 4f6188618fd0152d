/*
 * Masks the name of who sent a text, where it signs the text: mails and letters
 * end in it. Names of others are not ours to know.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_CORE_MASK_SENDER_H
#define API_CORE_MASK_SENDER_H

#include <stddef.h>

#include "core/buf.h"

/*
 * Appends text with the name replaced by [nama]. A name of two words and more
 * is found anywhere, in capitals or not; a single word may be a street or a
 * flower, so only where it has a line for itself. name may be NULL. Returns how
 * many were masked; the result is at most six times as long.
 */
size_t
mask_sender(struct buf *out, const char *text, size_t len, const char *name);

#endif
