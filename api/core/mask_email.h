/*
 * Finds e-mail addresses, also spelled out: "budi (at) gmail dot com". Part of
 * core/mask.c.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_CORE_MASK_EMAIL_H
#define API_CORE_MASK_EMAIL_H

#include "core/mask_cells.h"

/* How many cells from at are one address; 0 when none starts there. */
size_t mask_email(const struct mask_cells *, size_t at);

#endif
