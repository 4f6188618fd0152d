/*
 * A recursive-descent scan that builds nothing, then cJSON.
 *
 * Keys are remembered as 64-bit hashes per open object. Two keys with the same
 * hash count as the same: a sender who makes them collide only refuses
 * himself.
 *
 * SPDX-License-Identifier: ISC
 */
#include "core/json.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/check.h"
#include "core/heap.h"
#include "core/utf8.h"

/* 2^53: beyond it a double skips whole numbers. */
#define JSON_VALUE_MAX 9007199254740992.0
#define HASH_START     UINT64_C(0xcbf29ce484222325) /* FNV-1a */
#define HASH_STEP      UINT64_C(0x100000001b3)

struct scan {
	const uint8_t *start;
	const uint8_t *at;
	const uint8_t *end;
	unsigned depth;
	uint64_t key[JSON_DEPTH_MAX][JSON_MEMBERS_MAX];
};

static const char *const flaw_names[JSON_FLAW__COUNT] = {
    [JSON_FINE] = "fine",
    [JSON_SYNTAX] = "syntax",
    [JSON_BAD_UTF8] = "utf8",
    [JSON_BAD_CONTROL] = "control",
    [JSON_BAD_SURROGATE] = "surrogate",
    [JSON_BAD_NUMBER] = "number",
    [JSON_DUPLICATE] = "duplicate",
    [JSON_TOO_DEEP] = "depth",
    [JSON_TOO_MANY] = "members",
};

const char *
json_flaw_name(enum json_flaw flaw)
{
	must((unsigned)flaw < JSON_FLAW__COUNT, "a flaw is one of the list");
	return flaw_names[flaw];
}

static void
skip_space(struct scan *scan)
{
	while (scan->at < scan->end &&
	    (*scan->at == ' ' || *scan->at == '\t' || *scan->at == '\n' ||
		*scan->at == '\r'))
		scan->at++;
}

/* The next byte, or -1 at the end. */
static int
peek(const struct scan *scan)
{
	return scan->at < scan->end ? *scan->at : -1;
}

static bool
take(struct scan *scan, char c)
{
	if (peek(scan) != c)
		return false;
	scan->at++;
	return true;
}

static bool
take_hex4(struct scan *scan, uint32_t *unit)
{
	int count;

	*unit = 0;
	for (count = 0; count < 4; count++) {
		int c = peek(scan);

		if (c >= '0' && c <= '9')
			*unit = *unit << 4 | (uint32_t)(c - '0');
		else if (c >= 'a' && c <= 'f')
			*unit = *unit << 4 | (uint32_t)(c - 'a' + 10);
		else if (c >= 'A' && c <= 'F')
			*unit = *unit << 4 | (uint32_t)(c - 'A' + 10);
		else
			return false;
		scan->at++;
	}
	return true;
}

/* After "\u". */
static enum json_flaw
unicode_escape(struct scan *scan, uint32_t *point)
{
	uint32_t low;

	if (!take_hex4(scan, point))
		return JSON_SYNTAX;
	if (*point == 0)
		return JSON_BAD_CONTROL;
	if (*point >= 0xdc00 && *point <= 0xdfff)
		return JSON_BAD_SURROGATE;
	if (*point < 0xd800 || *point > 0xdfff)
		return JSON_FINE;
	if (!take(scan, '\\') || !take(scan, 'u') || !take_hex4(scan, &low) ||
	    low < 0xdc00 || low > 0xdfff)
		return JSON_BAD_SURROGATE;
	*point = 0x10000 + ((*point - 0xd800) << 10) + (low - 0xdc00);
	return JSON_FINE;
}

/* After the backslash. */
static enum json_flaw
escape(struct scan *scan, uint32_t *point)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	int c = peek(scan);
	const char *found;

	if (c <= 0)
		return JSON_SYNTAX;
	scan->at++;
	if (c == 'u')
		return unicode_escape(scan, point);
	found = strchr(from, c);
	if (found == NULL)
		return JSON_SYNTAX;
	*point = (uint32_t)to[found - from];
	return JSON_FINE;
}

/* A string from its opening quote; hash is of its letters in lower case. */
static enum json_flaw
string(struct scan *scan, uint64_t *hash)
{
	enum json_flaw flaw;
	uint32_t point = 0;
	size_t step;

	*hash = HASH_START;
	scan->at++;
	for (;;) {
		int c = peek(scan);

		if (c < 0)
			return JSON_SYNTAX;
		if (c == '"')
			break;
		if (c < 0x20)
			return JSON_BAD_CONTROL;
		if (c == '\\') {
			scan->at++;
			flaw = escape(scan, &point);
			if (flaw != JSON_FINE)
				return flaw;
		} else {
			step = utf8_next(
			    &point, scan->at, (size_t)(scan->end - scan->at));
			if (step == 0)
				return JSON_BAD_UTF8;
			scan->at += step;
		}
		if (point >= 'A' && point <= 'Z')
			point += 'a' - 'A';
		*hash = (*hash ^ point) * HASH_STEP;
	}
	scan->at++;
	return JSON_FINE;
}

static size_t
take_digits(struct scan *scan)
{
	const uint8_t *from = scan->at;

	while (scan->at < scan->end && *scan->at >= '0' && *scan->at <= '9')
		scan->at++;
	return (size_t)(scan->at - from);
}

static enum json_flaw
number(struct scan *scan)
{
	const uint8_t *from = scan->at;
	char text[JSON_NUMBER_MAX + 1];
	size_t len;
	double value;

	(void)take(scan, '-');
	if (!take(scan, '0') && take_digits(scan) == 0)
		return JSON_BAD_NUMBER;
	if (take(scan, '.') && take_digits(scan) == 0)
		return JSON_BAD_NUMBER;
	if (take(scan, 'e') || take(scan, 'E')) {
		if (!take(scan, '+'))
			(void)take(scan, '-');
		if (take_digits(scan) == 0)
			return JSON_BAD_NUMBER;
	}
	len = (size_t)(scan->at - from);
	if (len > JSON_NUMBER_MAX)
		return JSON_BAD_NUMBER;
	memcpy(text, from, len);
	text[len] = '\0';
	value = strtod(text, NULL);
	if (!isfinite(value) || fabs(value) > JSON_VALUE_MAX)
		return JSON_BAD_NUMBER;
	/* "01": a digit may not follow a whole number. */
	if (peek(scan) >= '0' && peek(scan) <= '9')
		return JSON_BAD_NUMBER;
	return JSON_FINE;
}

static enum json_flaw
word(struct scan *scan, const char *text)
{
	size_t len = strlen(text);

	if ((size_t)(scan->end - scan->at) < len ||
	    memcmp(scan->at, text, len) != 0)
		return JSON_SYNTAX;
	scan->at += len;
	return JSON_FINE;
}

static enum json_flaw value(struct scan *);

/* One "key": value; count is how many came before in this object. */
static enum json_flaw
member(struct scan *scan, size_t count)
{
	uint64_t *key = scan->key[scan->depth - 1];
	enum json_flaw flaw;
	uint64_t hash;
	size_t at;

	skip_space(scan);
	if (peek(scan) != '"')
		return JSON_SYNTAX;
	if (count == JSON_MEMBERS_MAX)
		return JSON_TOO_MANY;
	flaw = string(scan, &hash);
	if (flaw != JSON_FINE)
		return flaw;
	for (at = 0; at < count; at++) {
		if (key[at] == hash)
			return JSON_DUPLICATE;
	}
	key[count] = hash;
	skip_space(scan);
	if (!take(scan, ':'))
		return JSON_SYNTAX;
	return value(scan);
}

/* An object or array from its opening bracket. */
static enum json_flaw
container(struct scan *scan, bool is_object)
{
	char close = is_object ? '}' : ']';
	enum json_flaw flaw;
	size_t count;

	if (scan->depth == JSON_DEPTH_MAX)
		return JSON_TOO_DEEP;
	scan->depth++;
	scan->at++;
	skip_space(scan);
	if (!take(scan, close)) {
		for (count = 0;; count++) {
			flaw = is_object ? member(scan, count) : value(scan);
			if (flaw != JSON_FINE)
				return flaw;
			skip_space(scan);
			if (take(scan, close))
				break;
			if (!take(scan, ','))
				return JSON_SYNTAX;
		}
	}
	scan->depth--;
	return JSON_FINE;
}

static enum json_flaw
value(struct scan *scan)
{
	uint64_t hash;
	int c;

	skip_space(scan);
	c = peek(scan);
	if (c == '{' || c == '[')
		return container(scan, c == '{');
	if (c == '"')
		return string(scan, &hash);
	if (c == '-' || (c >= '0' && c <= '9'))
		return number(scan);
	if (c == 't')
		return word(scan, "true");
	if (c == 'f')
		return word(scan, "false");
	if (c == 'n')
		return word(scan, "null");
	if (c >= 0 && c < 0x20)
		return JSON_BAD_CONTROL;
	return JSON_SYNTAX;
}

enum json_flaw
json_scan(const void *data, size_t len, size_t *offset)
{
	struct scan scan;
	enum json_flaw flaw;

	/* The keys are written before they are read; clearing costs 32 KiB. */
	scan.start = data;
	scan.at = data;
	scan.end = scan.at + len;
	scan.depth = 0;
	flaw = value(&scan);
	if (flaw == JSON_FINE) {
		skip_space(&scan);
		if (scan.at != scan.end)
			flaw = JSON_SYNTAX;
	}
	if (offset != NULL)
		*offset = (size_t)(scan.at - scan.start);
	return flaw;
}

enum err
json_parse(cJSON **out, const void *data, size_t len)
{
	/* What people tell us does not stay behind in freed memory. */
	cJSON_Hooks hooks = {heap_new, heap_wipe_all};
	const char *end = NULL;
	cJSON *root;
	size_t at;

	if (json_scan(data, len, NULL) != JSON_FINE)
		return ERR_MALFORMED;
	cJSON_InitHooks(&hooks);
	root = cJSON_ParseWithLengthOpts(data, len, &end, 0);
	/* It has passed the scan: only memory can be missing. */
	if (root == NULL)
		return ERR_UNAVAILABLE;
	/* cJSON must have seen all of it: only white space may be left. */
	for (at = (size_t)(end - (const char *)data); at < len; at++) {
		if (memchr(" \t\r\n", ((const char *)data)[at], 4) == NULL) {
			cJSON_Delete(root);
			return ERR_MALFORMED;
		}
	}
	*out = root;
	return OK;
}
