/*
 * The reader of mail, see read.c.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_INTAKE_READ_H
#define API_INTAKE_READ_H

#include <stddef.h>

/* Of a mail, and of what the reader says about it. */
#define READ_BYTES_MAX ((size_t)48 * 1024 * 1024)

int read_main(void);

#endif
