/*
 * One mail taken apart: who wrote it, its words, its photos.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_INTAKE_MESSAGE_H
#define API_INTAKE_MESSAGE_H

#include "core/buf.h"
#include "core/err.h"

/* Once, before the sandbox. */
void message_start(void);
/*
 * Frames of the mail into out. ERR_MALFORMED when it is none. Runs in the
 * sandbox, where a mail that breaks a library breaks nothing else.
 */
must_check enum err
message_read(struct buf *out, const uint8_t *data, size_t len);

#endif
