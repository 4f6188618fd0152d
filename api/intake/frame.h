/*
 * What the reader of mail tells the process that started it: a row of frames,
 * each a letter, a length of four bytes (big-endian) and so many bytes.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_INTAKE_FRAME_H
#define API_INTAKE_FRAME_H

#include <stdbool.h>

#include "core/buf.h"

#define FRAME_ID        'I' /* Message-ID */
#define FRAME_NAME      'N' /* who wrote */
#define FRAME_EMAIL     'E'
#define FRAME_SUBJECT   'S'
#define FRAME_TEXT      'T'
#define FRAME_PHOTO     'P'
#define FRAME_LEFT_OUT  'L' /* an attachment that is not handed in; empty */
#define FRAME_AUTOMATIC 'A' /* no person wrote this; empty */
#define FRAME_END       'Z' /* that was all of it; empty */

struct frame {
	char letter;
	const uint8_t *data;
	size_t len;
};

void frame_put(struct buf *, char letter, const void *data, size_t len);
/*
 * The next frame at *at, which moves on. False at the end, and when what is
 * left is no whole frame.
 */
bool frame_next(struct frame *out, const struct buf *, size_t *at);

#endif
