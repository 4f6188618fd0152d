/*
 * The home of getenv.
 *
 * SPDX-License-Identifier: ISC
 */
#include "core/settings.h"

#include <limits.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/check.h"
#include "core/heap.h"

#undef getenv

/* A unix socket's address holds 108 bytes: run and the longest name in it. */
#define SETTINGS_RUN_MAX 90

/* Process-wide, constant after the start; texts live as long as it does. */
static struct settings settings;
static bool is_loaded;

static void
fault_add(struct buf *fault, const char *variable, const char *what)
{
	buf_text(fault, variable);
	buf_text(fault, ": ");
	buf_text(fault, what);
	buf_text(fault, "\n");
}

static bool
is_number(int64_t *out, const char *text)
{
	size_t at, len = strlen(text);
	int64_t value = 0;

	if (len < 1 || len > 9)
		return false;
	for (at = 0; at < len; at++) {
		if (text[at] < '0' || text[at] > '9')
			return false;
		value = value * 10 + (text[at] - '0');
	}
	*out = value;
	return true;
}

static int64_t
int_load(struct buf *fault, const char *variable, int64_t initial, int64_t min,
    int64_t max)
{
	const char *text = getenv(variable);
	char what[80];
	int64_t value;

	if (text == NULL || text[0] == '\0')
		return initial;
	if (is_number(&value, text) && value >= min && value <= max)
		return value;
	(void)snprintf(what, sizeof(what), "a whole number from %lld to %lld",
	    (long long)min, (long long)max);
	fault_add(fault, variable, what);
	return initial;
}

static const char *
text_load(
    struct buf *fault, const char *variable, const char *initial, size_t max)
{
	const char *text = getenv(variable);
	char what[80];
	size_t at;

	if (text == NULL || text[0] == '\0')
		return heap_text(initial, strlen(initial));
	for (at = 0; text[at] != '\0' && at <= max; at++) {
		if ((unsigned char)text[at] < 0x20 || text[at] == 0x7f) {
			fault_add(fault, variable, "no control characters");
			break;
		}
	}
	if (at > max) {
		(void)snprintf(what, sizeof(what), "at most %zu bytes", max);
		fault_add(fault, variable, what);
	}
	return heap_text(text, strlen(text));
}

static char *
path_join(const char *directory, const char *name)
{
	size_t len = strlen(directory) + 1 + strlen(name) + 1;
	char *path = heap_new(len);

	(void)snprintf(path, len, "%s/%s", directory, name);
	return path;
}

/* Replaces a relative path by an absolute one; drops slashes at the end. */
static void
make_absolute(const char **path, struct buf *fault, const char *variable)
{
	char here[PATH_MAX], *absolute;
	size_t len;

	if ((*path)[0] == '/') {
		absolute = heap_text(*path, strlen(*path));
	} else if (getcwd(here, sizeof(here)) != NULL) {
		absolute = path_join(here, *path);
	} else {
		fault_add(fault, variable, "the current directory is gone");
		return;
	}
	len = strlen(absolute);
	while (len > 1 && absolute[len - 1] == '/')
		absolute[--len] = '\0';
	heap_free((void *)(uintptr_t)*path);
	*path = absolute;
}

static void
unload(void)
{
#define S_INT(field, variable, initial, min, max, what)
#define S_TEXT(field, variable, initial, max, what)                            \
	heap_free((void *)(uintptr_t)settings.field);
#include "core/settings.def"
#undef S_INT
#undef S_TEXT
	heap_free((void *)(uintptr_t)settings.keys);
	heap_free((void *)(uintptr_t)settings.jail);
	heap_free((void *)(uintptr_t)settings.run);
	settings = (struct settings){0};
	is_loaded = false;
}

enum err
settings_load(struct buf *fault)
{
	size_t before = fault->len;

	unload();
#define S_INT(field, variable, initial, min, max, what)                        \
	settings.field = int_load(fault, variable, initial, min, max);
#define S_TEXT(field, variable, initial, max, what)                            \
	settings.field = text_load(fault, variable, initial, max);
#include "core/settings.def"
#undef S_INT
#undef S_TEXT
	if (settings.metrics_port == 0)
		settings.metrics_port = settings.port + 1000;
	if (settings.metrics_port > 65535 ||
	    settings.metrics_port == settings.port) {
		fault_add(fault, "CRM_METRICS_PORT",
		    "another port than CRM_PORT, up to 65535");
	}
	make_absolute(&settings.state, fault, "CRM_STATE");
	make_absolute(&settings.web, fault, "CRM_WEB");
	settings.keys = path_join(settings.state, "keys");
	settings.jail = path_join(settings.state, "jail");
	settings.run = path_join(settings.jail, "run");
	settings.worker_run = geteuid() == 0 ? "/run" : settings.run;
	if (strlen(settings.run) > SETTINGS_RUN_MAX) {
		fault_add(fault, "CRM_STATE",
		    "too long a path for the sockets in it");
	}
	is_loaded = true;
	return fault->len == before && !fault->failed ? OK : ERR_INVALID;
}

const struct settings *
settings_get(void)
{
	must(is_loaded, "settings are loaded at the start");
	return &settings;
}

void
settings_describe(struct buf *out)
{
	char line[256];

#define S_INT(field, variable, initial, min, max, what)                        \
	(void)snprintf(line, sizeof(line),                                     \
	    "%-18s %s (%d to %d, default %d)\n", variable, what, min, max,     \
	    initial);                                                          \
	buf_text(out, line);
#define S_TEXT(field, variable, initial, max, what)                            \
	(void)snprintf(line, sizeof(line), "%-18s %s (default %s)\n",          \
	    variable, what, initial);                                          \
	buf_text(out, line);
#include "core/settings.def"
#undef S_INT
#undef S_TEXT
}
