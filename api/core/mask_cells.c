/*
 * Folding, entities, and the small questions all masks ask.
 *
 * SPDX-License-Identifier: ISC
 */
#include "core/mask_cells.h"

#include <string.h>

#include "core/check.h"
#include "core/fold.h"
#include "core/heap.h"
#include "core/utf8.h"

#define ENTITY_MAX 12 /* characters of "#x0000030" or "commat" */

/* Named entities for what appears in numbers and addresses. */
static const struct {
	const char *name;
	char c;
} entities[] = {
    {"commat", '@'},
    {"dash", '-'},
    {"emsp", ' '},
    {"ensp", ' '},
    {"hyphen", '-'},
    {"lbrack", '['},
    {"lowbar", '_'},
    {"lpar", '('},
    {"mdash", '-'},
    {"middot", '.'},
    {"minus", '-'},
    {"nbsp", ' '},
    {"ndash", '-'},
    {"num", '#'},
    {"period", '.'},
    {"plus", '+'},
    {"rbrack", ']'},
    {"rpar", ')'},
    {"shy", FOLD_SKIP},
    {"sol", '/'},
    {"thinsp", ' '},
    {"zwj", FOLD_SKIP},
    {"zwnj", FOLD_SKIP},
};

/* "#48", "#x30": what it shows; false when it is no character. */
static bool
numeric_entity(char *c, const char *name, size_t len)
{
	bool is_hex = len > 1 && (name[1] == 'x' || name[1] == 'X');
	size_t at = is_hex ? 2 : 1;
	uint32_t point = 0;

	if (at >= len)
		return false;
	for (; at < len; at++) {
		char digit = name[at];

		if (digit >= '0' && digit <= '9')
			point = point * (is_hex ? 16 : 10) +
			    (uint32_t)(digit - '0');
		else if (is_hex && (digit | 32) >= 'a' && (digit | 32) <= 'f')
			point =
			    point * 16 + (uint32_t)((digit | 32) - 'a') + 10;
		else
			return false;
		if (point > 0x10ffff)
			return false;
	}
	if (point >= 0xd800 && point <= 0xdfff)
		return false;
	*c = fold_point(point);
	return true;
}

/*
 * An HTML entity at the start of text: its length in bytes, 0 when it is none.
 * "&amp;#48;" is what double escaping makes of "&#48;".
 */
static size_t
entity(char *c, const char *text, size_t len)
{
	size_t start = 1, end, at;

	if (len < 3 || text[0] != '&')
		return 0;
	while (len - start > 4 && memcmp(text + start, "amp;", 4) == 0)
		start += 4;
	end = start;
	if (end < len && text[end] == '#')
		end++;
	while (end < len && end - start < ENTITY_MAX &&
	    ((text[end] >= '0' && text[end] <= '9') ||
		((text[end] | 32) >= 'a' && (text[end] | 32) <= 'z')))
		end++;
	/* Browsers take a number without its semicolon; names need it. */
	if (text[start] == '#') {
		if (!numeric_entity(c, text + start, end - start))
			return 0;
		return end < len && text[end] == ';' ? end + 1 : end;
	}
	if (end == len || text[end] != ';')
		return 0;
	for (at = 0; at < sizeof(entities) / sizeof(entities[0]); at++) {
		if (strlen(entities[at].name) == end - start &&
		    memcmp(entities[at].name, text + start, end - start) == 0) {
			*c = entities[at].c;
			return end + 1;
		}
	}
	return 0;
}

void
mask_cells_init(struct mask_cells *cells, const char *text, size_t len)
{
	size_t at = 0, step;
	uint32_t point;
	char c;

	must(len < UINT32_MAX, "a text is shorter than 4 GB");
	cells->cell = heap_array(len + 1, sizeof(cells->cell[0]));
	cells->count = 0;
	for (; at < len; at += step) {
		step = entity(&c, text + at, len - at);
		if (step == 0) {
			step = utf8_next(&point, text + at, len - at);
			must(step > 0, "text that is masked is valid UTF-8");
			c = fold_point(point);
		}
		if (c == FOLD_SKIP)
			continue;
		cells->cell[cells->count++] =
		    (struct mask_cell){c, (uint32_t)at, (uint32_t)(at + step)};
	}
}

void
mask_cells_clear(struct mask_cells *cells)
{
	heap_wipe_all(cells->cell);
	cells->cell = NULL;
}

char
mask_cells_at(const struct mask_cells *cells, size_t at)
{
	/* Before the start is a number that wrapped: past the end too. */
	return at < cells->count ? cells->cell[at].c : ' ';
}

bool
mask_cells_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool
mask_cells_is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    c == FOLD_LETTER;
}

bool
mask_cells_is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
}

size_t
mask_cells_word_before(
    const struct mask_cells *cells, size_t at, char *out, size_t size)
{
	size_t signs = 0, start, len, n;

	out[0] = '\0';
	/* "]" ends what was masked before: that is no word. */
	while (at > 0 && signs < 4 && mask_cells_at(cells, at - 1) != ']' &&
	    !mask_cells_is_letter(mask_cells_at(cells, at - 1)) &&
	    !mask_cells_is_digit(mask_cells_at(cells, at - 1))) {
		at--;
		signs++;
	}
	start = at;
	while (start > 0 && at - start < size &&
	    mask_cells_is_letter(mask_cells_at(cells, start - 1)))
		start--;
	len = at - start;
	if (len == 0 || len >= size)
		return at;
	for (n = 0; n < len; n++)
		out[n] = lower(mask_cells_at(cells, start + n));
	out[len] = '\0';
	return start;
}

bool
mask_cells_reads(const struct mask_cells *cells, size_t at, const char *text)
{
	for (; *text != '\0'; text++, at++) {
		if (lower(mask_cells_at(cells, at)) != *text)
			return false;
	}
	return true;
}

bool
mask_cells_is_listed(const char *word, const char *const *list)
{
	for (; *list != NULL; list++) {
		if (strcmp(word, *list) == 0)
			return true;
	}
	return false;
}
