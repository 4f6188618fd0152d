/*
 * Text from outside made fit for the API: valid, without control characters,
 * not too long.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_INTAKE_CLEAN_H
#define API_INTAKE_CLEAN_H

#include "core/buf.h"

/*
 * Lines are kept, ends of lines become LF, space at both ends goes. What is
 * longer than so many characters ends in "[…]".
 */
void clean_text(struct buf *out, const void *data, size_t len, size_t most);
/* One line: tabs and ends of lines become spaces; what is longer is cut. */
void clean_line(struct buf *out, const void *data, size_t len, size_t most);

#endif
