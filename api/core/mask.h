/*
 * Masks personal data that people type into free text. What is found is
 * replaced by fixed words that tell nothing of it, not even its length:
 * [NIK] [telepon] [surel], for the public also [plat] [nama].
 *
 * Matching looks through full-width and fancy digits and letters, zero-width
 * characters and HTML entities; what is not masked is kept byte for byte. It
 * finds the usual spellings, not a reporter who wants to be found.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_CORE_MASK_H
#define API_CORE_MASK_H

#include <stddef.h>

#include "core/buf.h"

/*
 * Appends text (valid UTF-8) with NIK and KK numbers, telephone numbers and
 * e-mail addresses masked. The result may be longer than the text, at most
 * three times. Returns how many were masked.
 */
size_t mask_text(struct buf *out, const char *text, size_t len);
/* Besides these also vehicle plates and names that introduce themselves. */
size_t mask_public(struct buf *out, const char *text, size_t len);

#endif
