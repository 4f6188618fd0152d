/*
 * What a character looks like in ASCII: full-width, circled, mathematical and
 * other fancy forms that NFKC folds, digits of other scripts, small capitals.
 * For finding things in text, never for changing it.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_CORE_FOLD_H
#define API_CORE_FOLD_H

#include <stdint.h>

/* Besides ASCII. */
#define FOLD_SKIP   '\x01' /* seen by nobody: zero width, combining */
#define FOLD_LETTER '\x02' /* a letter without an ASCII look-alike */
#define FOLD_OTHER  '\x03' /* anything else */

char fold_point(uint32_t point);

#endif
