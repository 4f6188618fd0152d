/*
 * A local part, something that means @, and a domain: labels with something
 * that means a dot, or a provider everyone knows.
 *
 * SPDX-License-Identifier: ISC
 */
#include "core/mask_email.h"

#include <string.h>

#define LABEL_MAX 24

static const char *const providers[] = {"gmail", "googlemail", "yahoo", "ymail",
    "rocketmail", "outlook", "hotmail", "live", "icloud", "protonmail",
    "proton", NULL};
/* Endings that are believed where a space stands around the @. */
static const char *const endings[] = {"com", "co", "id", "net", "org", "go",
    "ac", "sch", "or", "web", "my", "info", "edu", "gov", "io", "me", "mil",
    "biz", "xyz", NULL};

enum at_kind {
	AT_NONE,
	AT_TIGHT, /* @ without spaces, or in brackets: (at) */
	AT_LOOSE, /* @ with spaces, or the word at */
};

static bool
is_word(char c)
{
	return mask_cells_is_letter(c) || mask_cells_is_digit(c);
}

static bool
is_local(char c)
{
	return is_word(c) ||
	    (c > ' ' && c < 0x7f && strchr("._%+-", c) != NULL);
}

static size_t
skip_spaces(const struct mask_cells *cells, size_t at)
{
	size_t skipped = 0;

	while (skipped < 3 && at < cells->count &&
	    mask_cells_is_space(mask_cells_at(cells, at))) {
		at++;
		skipped++;
	}
	return at;
}

static bool
is_open(char c)
{
	return c == '(' || c == '[' || c == '{' || c == '<';
}

static bool
is_close(char c)
{
	return c == ')' || c == ']' || c == '}' || c == '>';
}

/* "(word)" with optional spaces; the cell after it, or at when it is not. */
static size_t
bracketed(const struct mask_cells *cells, size_t at, const char *word)
{
	size_t next = skip_spaces(cells, at);

	if (!is_open(mask_cells_at(cells, next)))
		return at;
	next = skip_spaces(cells, next + 1);
	if (!mask_cells_reads(cells, next, word))
		return at;
	next = skip_spaces(cells, next + strlen(word));
	if (!is_close(mask_cells_at(cells, next)))
		return at;
	return skip_spaces(cells, next + 1);
}

/* " word " between spaces; the cell after it, or at when it is not. */
static size_t
spaced(const struct mask_cells *cells, size_t at, const char *word)
{
	size_t next = skip_spaces(cells, at), end;

	if (next == at || !mask_cells_reads(cells, next, word))
		return at;
	next += strlen(word);
	end = skip_spaces(cells, next);
	return end == next ? at : end;
}

/* What means @ at this cell; *next is the cell after it. */
static enum at_kind
take_at(size_t *next, const struct mask_cells *cells, size_t at)
{
	static const char *const bracket_words[] = {"at", "@", "a", "et", "ad"};
	size_t sign = skip_spaces(cells, at), n;

	if (mask_cells_at(cells, sign) == '@') {
		*next = skip_spaces(cells, sign + 1);
		return sign == at && *next == sign + 1 ? AT_TIGHT : AT_LOOSE;
	}
	for (n = 0; n < sizeof(bracket_words) / sizeof(bracket_words[0]); n++) {
		*next = bracketed(cells, at, bracket_words[n]);
		if (*next != at)
			return AT_TIGHT;
	}
	*next = spaced(cells, at, "at");
	return *next != at ? AT_LOOSE : AT_NONE;
}

/* What means a dot here; the cell after it, or at when there is none. */
static size_t
take_dot(const struct mask_cells *cells, size_t at)
{
	static const char *const words[] = {"dot", "titik", "."};
	size_t n, next;

	if (mask_cells_at(cells, at) == '.')
		return at + 1;
	for (n = 0; n < sizeof(words) / sizeof(words[0]); n++) {
		next = bracketed(cells, at, words[n]);
		if (next == at)
			next = spaced(cells, at, words[n]);
		if (next != at)
			return next;
	}
	return at;
}

/* A label in lower case; the cell after it, or at when there is none. */
static size_t
take_label(char out[LABEL_MAX + 1], const struct mask_cells *cells, size_t at)
{
	size_t len = 0;
	char c = mask_cells_at(cells, at);

	while (is_word(c) || (len > 0 && c == '-')) {
		if (len < LABEL_MAX)
			out[len] = c >= 'A' && c <= 'Z' ? (char)(c | 32) : c;
		len++;
		at++;
		c = mask_cells_at(cells, at);
	}
	out[len < LABEL_MAX ? len : LABEL_MAX] = '\0';
	return at;
}

/* Letters, two at least. */
static bool
is_ending(const char *label)
{
	size_t at, len = strlen(label);

	for (at = 0; at < len; at++) {
		if (!mask_cells_is_letter(label[at]))
			return false;
	}
	return len >= 2;
}

/* The cell after a domain, or at when it is none. */
static size_t
take_domain(const struct mask_cells *cells, size_t at, enum at_kind kind)
{
	char label[LABEL_MAX + 1];
	size_t end = at, next, after;
	bool is_dot;

	next = take_label(label, cells, at);
	if (next == at)
		return at;
	if (mask_cells_is_listed(label, providers))
		end = next;
	for (;;) {
		after = take_dot(cells, next);
		if (after == next)
			return end;
		is_dot = mask_cells_at(cells, next) == '.';
		next = take_label(label, cells, after);
		if (next == after)
			return end;
		/* "gmail.com.Terima kasih": once it has ended, only go on
		 * with what ends domains. */
		if (mask_cells_is_listed(label, endings) ||
		    (end == at && kind == AT_TIGHT && is_dot &&
			is_ending(label)))
			end = next;
	}
}

/* Whether an address could begin here: at the first word of a local part. */
static bool
is_start(const struct mask_cells *cells, size_t at)
{
	if (!is_word(mask_cells_at(cells, at)))
		return false;
	while (at > 0 && is_local(mask_cells_at(cells, at - 1))) {
		at--;
		if (is_word(mask_cells_at(cells, at)))
			return false;
	}
	return true;
}

size_t
mask_email(const struct mask_cells *cells, size_t at)
{
	size_t local = at, domain, end;
	enum at_kind kind;

	if (!is_start(cells, at))
		return 0;
	while (is_local(mask_cells_at(cells, local)))
		local++;
	kind = take_at(&domain, cells, local);
	if (kind == AT_NONE)
		return 0;
	end = take_domain(cells, domain, kind);
	return end == domain ? 0 : end - at;
}
