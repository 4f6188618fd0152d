/*
 * Unpredictable bytes from the OpenSSL generator. A machine that cannot give
 * them cannot run this program: the process ends.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_CORE_RANDOM_H
#define API_CORE_RANDOM_H

#include <stddef.h>
#include <stdint.h>

void random_bytes(void *out, size_t len);
/* A number below limit, which is at least 1; for jitter, slightly uneven. */
uint32_t random_below(uint32_t limit);

#endif
