/*
 * Finds vehicle plates and names that introduce themselves: what officers need
 * to see and the public does not. Part of core/mask.c.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_CORE_MASK_WORDS_H
#define API_CORE_MASK_WORDS_H

#include "core/mask_cells.h"

/* How many cells from at are a plate; 0 when none starts there. */
size_t mask_words_plate(const struct mask_cells *, size_t at);
/*
 * When words such as "nama saya" start at this cell and a name follows: how
 * many cells the words are, and in *name_len how many the name is. 0 otherwise.
 */
size_t mask_words_name(size_t *name_len, const struct mask_cells *, size_t at);

#endif
