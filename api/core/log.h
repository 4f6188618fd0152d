/*
 * The log: one JSON object a line on standard error. Only names of events and
 * typed values, never a format with other people's text in it; every value is
 * escaped and cut at 256 bytes. What may be logged is an allow-list: no
 * bodies, tokens, names, addresses or texts of reports.
 *
 * Lines wait in a buffer of the process, written when it holds 32 KiB, at
 * log_flush(), and at once for errors. Safe from any thread; a forked child
 * starts with an empty buffer.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_CORE_LOG_H
#define API_CORE_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum log_level {
	LOG_LEVEL_INFO,
	LOG_LEVEL_WARNING,
	LOG_LEVEL_ERROR,
	LOG_LEVEL__COUNT
};

enum log_kind { LOG_KIND_END, LOG_KIND_TEXT, LOG_KIND_INT, LOG_KIND_BOOL };

struct log_pair {
	enum log_kind kind;
	const char *key; /* lower-case letters and _, a literal */
	const char *text;
	int64_t number;
};

/* NULL text is written as null. */
static inline struct log_pair
log_text(const char *key, const char *text)
{
	return (struct log_pair){LOG_KIND_TEXT, key, text, 0};
}

static inline struct log_pair
log_int(const char *key, int64_t number)
{
	return (struct log_pair){LOG_KIND_INT, key, NULL, number};
}

static inline struct log_pair
log_bool(const char *key, bool is_true)
{
	return (struct log_pair){LOG_KIND_BOOL, key, NULL, is_true};
}

/*
 * log_event(LOG_LEVEL_INFO, "request", log_text("route", name),
 *     log_int("status", 200));
 */
#define log_event(level, event, ...)                                           \
	log_write(level, event,                                                \
	    (const struct log_pair[]){                                         \
		__VA_ARGS__ __VA_OPT__(, ){LOG_KIND_END, NULL, NULL, 0}})

/* Name of this process in every line; a literal. */
void log_start(const char *process);
void log_write(enum log_level, const char *event, const struct log_pair *pairs);
void log_flush(void);

#endif
