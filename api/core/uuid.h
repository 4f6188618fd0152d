/*
 * Identifiers: random UUIDs (version 4), in the one spelling PostgreSQL prints.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_CORE_UUID_H
#define API_CORE_UUID_H

#include <stdbool.h>
#include <stddef.h>

#define UUID_LEN 36

void uuid_new(char out[UUID_LEN + 1]);
/* Lower case, 8-4-4-4-12, nothing before or after. */
bool uuid_is_valid(const char *text, size_t len);

#endif
