/*
 * Reads members of a JSON body strictly. Every function notes what is wrong in
 * the answer's faults and goes on, so that the reader hears of all faults at
 * once; check input_is_good() at the end.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_CALL_INPUT_H
#define API_CALL_INPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "call/call.h"

/* Part of the body being read: an object and its JSON pointer. */
struct input {
	struct call *call;
	const cJSON *object; /* NULL: everything is absent */
	const char *pointer; /* "" for the body, "/location" */
};

enum input_need { INPUT_OPTIONAL, INPUT_REQUIRED };

/* The whole body; a body that is not an object is a fault. */
struct input input_body(struct call *);
/* An object member; absent or null gives object NULL. */
struct input input_object(const struct input *, const char *name);
/* Notes a fault for every member that is not in names (NULL-terminated). */
void input_only(const struct input *, const char *const *names);
/*
 * Text of min to max code points without control characters but line breaks
 * and tabs. NULL when absent or null. Borrowed from the body.
 */
const char *input_text(const struct input *, const char *name, enum input_need,
    size_t min, size_t max);
/* The same, but one line that is not blank: names and titles. */
const char *input_line(const struct input *, const char *name, enum input_need,
    size_t min, size_t max);
/* A number from min to max, as text for the database, or NULL. In the arena. */
const char *input_number(const struct input *, const char *name,
    enum input_need, double min, double max);
/* A whole number from min to max, as text for the database, or NULL. */
const char *input_whole(const struct input *, const char *name, enum input_need,
    int64_t min, int64_t max);
/* The id of a unit or an account, or NULL; other text is unknown. */
const char *input_id(const struct input *, const char *name, enum input_need);
/* An RFC 3339 time, as RFC 3339 in UTC, or NULL. In the arena. */
const char *input_time(const struct input *, const char *name, enum input_need);
/* One of the words (NULL-terminated), or NULL. */
const char *input_word(const struct input *, const char *name, enum input_need,
    const char *const *words);
/* "true" or "false" for the database, or NULL. */
const char *input_flag(const struct input *, const char *name, enum input_need);
bool input_is_good(const struct input *);

#endif
