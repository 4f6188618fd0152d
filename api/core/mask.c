/*
 * One walk over the cells: at each, does something begin here that must not be
 * seen? What is between goes out as it came in.
 *
 * SPDX-License-Identifier: ISC
 */
#include "core/mask.h"

#include "core/mask_cells.h"
#include "core/mask_email.h"
#include "core/mask_number.h"
#include "core/mask_words.h"

struct walk {
	const struct mask_cells *cells;
	const char *text;
	struct buf *out;
	size_t copied; /* bytes of the text that have gone out */
	size_t found;
};

/* Puts the token in place of some cells, and of what hid between them. */
static void
replace(struct walk *walk, size_t at, size_t count, const char *token)
{
	const struct mask_cell *first = &walk->cells->cell[at];
	const struct mask_cell *last = first + count - 1;

	buf_put(
	    walk->out, walk->text + walk->copied, first->from - walk->copied);
	buf_text(walk->out, token);
	walk->copied = last->to;
	walk->found++;
}

/* Masks what begins at this cell; the cell to go on with. */
static size_t
step(struct walk *walk, size_t at, bool is_public)
{
	const char *token = NULL;
	size_t count, name_len;

	count = mask_email(walk->cells, at);
	if (count > 0)
		token = "[surel]";
	if (count == 0)
		count = mask_number(&token, walk->cells, at);
	if (count == 0 && is_public) {
		count = mask_words_plate(walk->cells, at);
		token = "[plat]";
	}
	if (count > 0) {
		replace(walk, at, count, token);
		return at + count;
	}
	if (is_public) {
		count = mask_words_name(&name_len, walk->cells, at);
		if (count > 0) {
			replace(walk, at + count, name_len, "[nama]");
			return at + count + name_len;
		}
	}
	return at + 1;
}

static size_t
mask(struct buf *out, const char *text, size_t len, bool is_public)
{
	struct mask_cells cells;
	struct walk walk = {.cells = &cells, .text = text, .out = out};
	size_t at = 0;

	if (len == 0)
		return 0;
	mask_cells_init(&cells, text, len);
	while (at < cells.count)
		at = step(&walk, at, is_public);
	buf_put(out, text + walk.copied, len - walk.copied);
	mask_cells_clear(&cells);
	return walk.found;
}

size_t
mask_text(struct buf *out, const char *text, size_t len)
{
	return mask(out, text, len, false);
}

size_t
mask_public(struct buf *out, const char *text, size_t len)
{
	return mask(out, text, len, true);
}
