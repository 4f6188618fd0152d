/*
 * Finds NIK and KK numbers and telephone numbers. Part of core/mask.c.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_CORE_MASK_NUMBER_H
#define API_CORE_MASK_NUMBER_H

#include "core/mask_cells.h"

/*
 * How many cells from at are one number; 0 when none starts there. *token is
 * what stands for it, static text.
 */
size_t mask_number(const char **token, const struct mask_cells *, size_t at);

#endif
