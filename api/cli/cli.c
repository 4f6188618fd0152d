/*
 * What the commands share. Everything said here goes to a person at a
 * terminal, so a database message may be quoted; secrets never are.
 *
 * SPDX-License-Identifier: ISC
 */
#include "cli/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/heap.h"
#include "core/settings.h"

int
cli_fail(const char *format, ...)
{
	va_list args;

	fputs("crm: ", stderr);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	return CLI_FAILED;
}

static void
fault_say(const struct sync *sync)
{
	const struct sync_fault *fault = sync_fault(sync);

	if (fault->sqlstate[0] == '\0') {
		cli_fail("database: %s", fault->message);
		return;
	}
	cli_fail("database: %s (%s%s%s)", fault->message, fault->sqlstate,
	    fault->constraint[0] == '\0' ? "" : ", ", fault->constraint);
}

struct sync *
cli_database(void)
{
	struct sync *sync;

	if (sync_open(&sync, settings_get()->run, "crm_owner", "crm") != OK) {
		fault_say(sync);
		sync_close(sync);
		return NULL;
	}
	return sync;
}

enum err
cli_query(struct sync *sync, struct sync_rows **out, const char *text,
    const char *const *params, size_t count)
{
	enum err err = sync_query(sync, out, text, params, count);

	if (err != OK) {
		fault_say(sync);
	}
	return err;
}

enum err
cli_script(struct sync *sync, const char *text)
{
	enum err err = sync_script(sync, text);

	if (err != OK) {
		fault_say(sync);
	}
	return err;
}

static enum err
descriptor_read(struct buf *out, int fd)
{
	uint8_t piece[16384];

	for (;;) {
		ssize_t len = read(fd, piece, sizeof(piece));
		if (len < 0 && errno == EINTR) {
			continue;
		}
		if (len < 0) {
			return ERR_UNAVAILABLE;
		}
		if (len == 0) {
			break;
		}
		buf_put(out, piece, (size_t)len);
	}
	buf_byte(out, 0);
	if (out->failed) {
		return ERR_TOO_LARGE;
	}
	out->len--;
	return OK;
}

enum err
cli_read(struct buf *out, const char *path)
{
	bool is_stdin = strcmp(path, "-") == 0;
	int fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	enum err err;

	if (fd < 0) {
		err = errno == ENOENT ? ERR_NOT_FOUND : ERR_UNAVAILABLE;
		cli_fail("%s: %s", path, strerror(errno));
		return err;
	}
	err = descriptor_read(out, fd);
	if (err != OK) {
		cli_fail("%s: %s", path,
		    err == ERR_TOO_LARGE ? "too large" : strerror(errno));
	}
	if (!is_stdin) {
		close(fd);
	}
	return err;
}

bool
cli_is_demo(void)
{
	char *path = cli_path("demo.json");
	bool is_demo = access(path, R_OK) == 0;

	heap_free(path);
	return is_demo;
}

char *
cli_path(const char *name)
{
	const char *state = settings_get()->state;
	size_t size = strlen(state) + strlen(name) + 2;
	char *path = heap_new(size);

	snprintf(path, size, "%s/%s", state, name);
	return path;
}
