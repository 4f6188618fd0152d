/*
 * Text as the masks see it: one cell per character that shows, folded to
 * ASCII, with the bytes it came from. Part of core/mask.c.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_CORE_MASK_CELLS_H
#define API_CORE_MASK_CELLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct mask_cell {
	char c; /* ASCII, FOLD_LETTER or FOLD_OTHER */
	uint32_t from; /* first byte in the text */
	uint32_t to; /* one past its last */
};

struct mask_cells {
	struct mask_cell *cell;
	size_t count;
};

/* text is valid UTF-8. */
void mask_cells_init(struct mask_cells *, const char *text, size_t len);
void mask_cells_clear(struct mask_cells *);

/* The cell's character; ' ' before the start and after the end. */
char mask_cells_at(const struct mask_cells *, size_t at);
bool mask_cells_is_digit(char c);
bool mask_cells_is_letter(char c);
/* Any white space. */
bool mask_cells_is_space(char c);
/*
 * The word that ends before cell at, with up to 4 spaces and signs in between,
 * in lower case; "" when there is none or it is longer than size allows.
 * Returns the cell where it starts.
 */
size_t mask_cells_word_before(
    const struct mask_cells *, size_t at, char *out, size_t size);
/* Whether the cells at this place read like text (lower case ASCII). */
bool mask_cells_reads(const struct mask_cells *, size_t at, const char *text);
/* Whether word is in a list that ends with NULL. */
bool mask_cells_is_listed(const char *word, const char *const *list);

#endif
