/*
 * One static buffer behind a lock. A line is built in place and only counted
 * when it is whole.
 *
 * SPDX-License-Identifier: ISC
 */
#include "core/log.h"

#include <errno.h>
#include <pthread.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#include "core/clock.h"
#include "core/hex.h"
#include "core/utf8.h"

#define LOG_BUFFER_LEN ((size_t)32 * 1024)
#define LOG_LINE_MAX   ((size_t)4096)
#define LOG_VALUE_MAX  ((size_t)256)

static struct {
	pthread_mutex_t lock;
	pid_t owner;
	const char *process;
	size_t len;
	char data[LOG_BUFFER_LEN];
} state = {.lock = PTHREAD_MUTEX_INITIALIZER, .process = "crm"};

struct line {
	char data[LOG_LINE_MAX];
	size_t len;
};

static const char *const level_names[LOG_LEVEL__COUNT] = {
    [LOG_LEVEL_INFO] = "info",
    [LOG_LEVEL_WARNING] = "warning",
    [LOG_LEVEL_ERROR] = "error",
};

/* Cuts what does not fit; the line's end always does. */
static void
put(struct line *line, const char *text, size_t len)
{
	size_t room = sizeof(line->data) - 2 - line->len;

	if (len > room)
		return;
	memcpy(line->data + line->len, text, len);
	line->len += len;
}

static void
put_text(struct line *line, const char *text)
{
	put(line, text, strlen(text));
}

static void
put_number(struct line *line, int64_t number)
{
	char digits[21];
	size_t at = sizeof(digits);
	uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;

	do {
		digits[--at] = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest > 0);
	if (number < 0)
		digits[--at] = '-';
	put(line, digits + at, sizeof(digits) - at);
}

/* Whatever the bytes are: JSON comes out, and nothing a terminal obeys. */
static void
put_value(struct line *line, const char *text)
{
	size_t len = strnlen(text, LOG_VALUE_MAX), at = 0, step;
	char escape[] = "\\u00xx";
	uint32_t point;

	put(line, "\"", 1);
	for (; at < len; at += step) {
		step = utf8_next(&point, text + at, len - at);
		if (step == 0) {
			step = 1;
			put_text(line, "\\ufffd");
		} else if (point < 0x20 || (point >= 0x7f && point < 0xa0)) {
			uint8_t byte = (uint8_t)point;

			hex_encode(escape + 4, &byte, 1);
			put(line, escape, 6);
		} else if (point == '"' || point == '\\') {
			put(line, "\\", 1);
			put(line, text + at, 1);
		} else if (utf8_find(text + at, step,
			       UTF8_CONTROL | UTF8_LINE | UTF8_BIDI) == 0) {
			put_text(line, "\\ufffd");
		} else {
			put(line, text + at, step);
		}
	}
	put(line, "\"", 1);
}

static void
put_pair(struct line *line, const struct log_pair *pair)
{
	/* A pair goes in whole or not at all, so that the line stays JSON. */
	if (sizeof(line->data) - line->len < 8 * LOG_VALUE_MAX)
		return;
	put(line, ",", 1);
	put_value(line, pair->key);
	put(line, ":", 1);
	switch (pair->kind) {
	case LOG_KIND_TEXT:
		if (pair->text == NULL)
			put_text(line, "null");
		else
			put_value(line, pair->text);
		break;
	case LOG_KIND_INT:
		put_number(line, pair->number);
		break;
	case LOG_KIND_BOOL:
		put_text(line, pair->number != 0 ? "true" : "false");
		break;
	case LOG_KIND_END:
		break;
	}
}

/* With the lock held. What cannot be written is lost, never waited for. */
static void
write_out(void)
{
	size_t at = 0;
	ssize_t wrote;

	while (at < state.len) {
		wrote = write(STDERR_FILENO, state.data + at, state.len - at);
		if (wrote < 0 && errno == EINTR)
			continue;
		if (wrote <= 0)
			break;
		at += (size_t)wrote;
	}
	state.len = 0;
}

void
log_start(const char *process)
{
	(void)pthread_mutex_lock(&state.lock);
	state.process = process;
	state.owner = getpid();
	state.len = 0;
	(void)pthread_mutex_unlock(&state.lock);
}

void
log_write(enum log_level level, const char *event, const struct log_pair *pairs)
{
	char at[CLOCK_TEXT_LEN + 1];
	struct line line = {.len = 0};
	pid_t pid = getpid();

	(void)clock_format(at, clock_now_ms() * 1000);
	put_text(&line, "{\"at\":");
	put_value(&line, at);
	put_text(&line, ",\"level\":");
	put_value(&line, level_names[level]);
	put_text(&line, ",\"process\":");
	put_value(&line, state.process);
	put_text(&line, ",\"pid\":");
	put_number(&line, pid);
	put_text(&line, ",\"event\":");
	put_value(&line, event);
	for (; pairs->kind != LOG_KIND_END; pairs++)
		put_pair(&line, pairs);
	line.data[line.len++] = '}';
	line.data[line.len++] = '\n';

	(void)pthread_mutex_lock(&state.lock);
	if (state.owner != pid) {
		/* Forked: what is in here is the parent's to write. */
		state.owner = pid;
		state.len = 0;
	}
	if (line.len > sizeof(state.data) - state.len)
		write_out();
	memcpy(state.data + state.len, line.data, line.len);
	state.len += line.len;
	if (level == LOG_LEVEL_ERROR)
		write_out();
	(void)pthread_mutex_unlock(&state.lock);
}

void
log_flush(void)
{
	(void)pthread_mutex_lock(&state.lock);
	if (state.owner == getpid())
		write_out();
	(void)pthread_mutex_unlock(&state.lock);
}
