/*
 * Masks the name of who sent a text, see mask_sender.h.
 *
 * SPDX-License-Identifier: ISC
 */
#include "core/mask_sender.h"

#include <stdbool.h>
#include <string.h>

#define TOKEN         "[nama]"
#define NAME_LEN_MIN  3
#define WORDS_ANYWAY  2
#define BLANKS        " \t"
#define AROUND_A_NAME " \t\r.,:;-_*~()"

struct span {
	const char *text;
	size_t len;
};

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool
is_in(char c, const char *set)
{
	return c != '\0' && strchr(set, c) != NULL;
}

/* Bytes of other scripts and accented letters count as letters. */
static bool
is_word(char c)
{
	return (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9') ||
	    (unsigned char)c >= 0x80;
}

static struct span
trimmed(const char *name)
{
	struct span span = {name, strlen(name)};

	while (span.len > 0 && !is_word(span.text[0])) {
		span.text++;
		span.len--;
	}
	while (span.len > 0 && !is_word(span.text[span.len - 1])) {
		span.len--;
	}
	return span;
}

static size_t
words_count(struct span name)
{
	size_t count = name.len > 0;

	for (size_t i = 1; i < name.len; i++) {
		count += is_word(name.text[i]) && !is_word(name.text[i - 1]);
	}
	return count;
}

/* How many bytes at the start of text are the name; blanks may be several. */
static size_t
match(const char *text, size_t len, struct span name)
{
	size_t at = 0;
	size_t i = 0;

	while (i < name.len) {
		bool is_blank = is_in(name.text[i], BLANKS);

		if (at == len ||
		    (is_blank ? !is_in(text[at], BLANKS)
			      : lower(text[at]) != lower(name.text[i]))) {
			return 0;
		}
		at++;
		i++;
		while (
		    is_blank && i < name.len && is_in(name.text[i], BLANKS)) {
			i++;
		}
		while (is_blank && at < len && is_in(text[at], BLANKS)) {
			at++;
		}
	}
	return at == len || !is_word(text[at]) ? at : 0;
}

static bool
has_own_line(const char *text, size_t len, size_t from, size_t to)
{
	while (from > 0 && is_in(text[from - 1], AROUND_A_NAME)) {
		from--;
	}
	while (to < len && is_in(text[to], AROUND_A_NAME)) {
		to++;
	}
	return (from == 0 || text[from - 1] == '\n') &&
	    (to == len || text[to] == '\n');
}

size_t
mask_sender(struct buf *out, const char *text, size_t len, const char *name)
{
	struct span who = {"", 0};
	bool is_anywhere;
	size_t found = 0;
	size_t copied = 0;

	if (name != NULL) {
		who = trimmed(name);
	}
	is_anywhere = words_count(who) >= WORDS_ANYWAY;
	for (size_t at = 0; who.len >= NAME_LEN_MIN && at < len;) {
		size_t count = at == 0 || !is_word(text[at - 1])
		    ? match(text + at, len - at, who)
		    : 0;

		if (count > 0 &&
		    (is_anywhere || has_own_line(text, len, at, at + count))) {
			buf_put(out, text + copied, at - copied);
			buf_text(out, TOKEN);
			copied = at + count;
			found++;
		}
		at += count > 0 ? count : 1;
	}
	buf_put(out, text + copied, len - copied);
	return found;
}
