/*
 * A real crm media on a socket of its own, for one test. The program is
 * CRM_BIN, else crm in CRM_BUILD or in build; without one the tests that need
 * it are skipped.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef TESTS_20_UNIT_MEDIA_SERVICE_H
#define TESTS_20_UNIT_MEDIA_SERVICE_H

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/clock.h"

#define SERVICE_DEADLINE_MS 20000
#define SERVICE_WORKERS_MAX 8

struct service {
	char directory[32];
	char socket[64];
	pid_t pid;
	unsigned workers;
};

static inline const char *
service_binary(void)
{
	extern char **environ;

	static char path[4096] = "build/crm";

	for (char **one = environ; *one != NULL; one++) {
		if (strncmp(*one, "CRM_BIN=", 8) == 0) {
			return *one + 8;
		}
		if (strncmp(*one, "CRM_BUILD=", 10) == 0) {
			(void)snprintf(path, sizeof(path), "%s/crm", *one + 10);
		}
	}
	return access(path, X_OK) == 0 ? path : NULL;
}

static inline void
service_pause(void)
{
	(void)poll(NULL, 0, 5);
}

/* A connection, or -1. */
static inline int
service_connect(const struct service *service)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int s = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	memcpy(address.sun_path, service->socket, sizeof(service->socket));
	if (connect(s, (struct sockaddr *)&address, sizeof(address)) == 0) {
		return s;
	}
	close(s);
	return -1;
}

/* Direct children; returns how many. */
static inline unsigned
service_children(const struct service *service, pid_t *out)
{
	char path[64], text[512];
	unsigned count = 0;
	FILE *file;
	char *next;
	size_t len;

	(void)snprintf(path, sizeof(path), "/proc/%d/task/%d/children",
	    service->pid, service->pid);
	file = fopen(path, "re");
	if (file == NULL) {
		return 0;
	}
	len = fread(text, 1, sizeof(text) - 1, file);
	(void)fclose(file);
	text[len] = '\0';
	for (next = text; *next != '\0' && count < SERVICE_WORKERS_MAX;) {
		char *end;
		long pid = strtol(next, &end, 10);

		if (end == next) {
			break;
		}
		out[count++] = (pid_t)pid;
		next = end;
	}
	return count;
}

/* A number from /proc/PID/status, or -1. */
static inline long
service_status(pid_t pid, const char *name)
{
	char path[64], line[256];
	long found = -1;
	FILE *file;

	(void)snprintf(path, sizeof(path), "/proc/%d/status", pid);
	file = fopen(path, "re");
	if (file == NULL) {
		return -1;
	}
	while (fgets(line, sizeof(line), file) != NULL) {
		size_t len = strlen(name);

		if (strncmp(line, name, len) == 0 && line[len] == ':') {
			found = strtol(line + len + 1, NULL, 10);
		}
	}
	(void)fclose(file);
	return found;
}

/* Clock ticks the process has used, or -1 when it is gone. */
static inline long
service_ticks(pid_t pid)
{
	char path[64], text[512];
	long ticks = 0;
	FILE *file;
	char *next;
	size_t len;

	(void)snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	file = fopen(path, "re");
	if (file == NULL) {
		return -1;
	}
	len = fread(text, 1, sizeof(text) - 1, file);
	(void)fclose(file);
	text[len] = '\0';
	next = strrchr(text, ')');
	for (int field = 3; next != NULL && field <= 15; field++) {
		next = strchr(next + 1, ' ');
		if (next != NULL && field >= 14) {
			ticks += strtol(next, NULL, 10);
		}
	}
	return ticks;
}

static inline bool
service_is_gone(pid_t pid)
{
	return kill(pid, 0) != 0 && errno == ESRCH;
}

/* Until as many workers as wanted are there, none of them but not. */
static inline bool
service_wait_workers(const struct service *service, pid_t *out, pid_t but)
{
	int64_t deadline = clock_mono_ms() + SERVICE_DEADLINE_MS;

	while (clock_mono_ms() < deadline) {
		unsigned count = service_children(service, out);
		bool is_new = true;

		for (unsigned i = 0; i < count; i++) {
			is_new = is_new && out[i] != but;
		}
		if (count == service->workers && is_new) {
			return true;
		}
		service_pause();
	}
	return false;
}

/* extra: further arguments or NULLs. False when it did not come up. */
static inline bool
service_start(struct service *service, unsigned workers, const char *option,
    const char *value)
{
	int64_t deadline = clock_mono_ms() + SERVICE_DEADLINE_MS;
	pid_t children[SERVICE_WORKERS_MAX];
	char number[16];

	if (service->directory[0] == '\0') {
		(void)snprintf(service->directory, sizeof(service->directory),
		    "/tmp/crm-media-XXXXXX");
		if (mkdtemp(service->directory) == NULL) {
			return false;
		}
		(void)snprintf(service->socket, sizeof(service->socket),
		    "%s/media.sock", service->directory);
	}
	service->workers = workers;
	(void)snprintf(number, sizeof(number), "%u", workers);
	service->pid = fork();
	if (service->pid == 0) {
		(void)execl(service_binary(), "crm", "media", "--socket",
		    service->socket, "--workers", number, option, value, NULL);
		_exit(127);
	}
	while (clock_mono_ms() < deadline) {
		int s = service_connect(service);

		if (s >= 0) {
			close(s);
			return service_wait_workers(service, children, 0);
		}
		if (waitpid(service->pid, NULL, WNOHANG) == service->pid) {
			service->pid = 0;
			return false;
		}
		service_pause();
	}
	return false;
}

/* Waits for the parent; its exit status, or -1 when it does not end. */
static inline int
service_wait_end(struct service *service)
{
	int64_t deadline = clock_mono_ms() + SERVICE_DEADLINE_MS;
	int status;

	while (clock_mono_ms() < deadline) {
		if (waitpid(service->pid, &status, WNOHANG) == service->pid) {
			service->pid = 0;
			return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
		}
		service_pause();
	}
	return -1;
}

static inline int
service_stop(struct service *service)
{
	if (service->pid == 0) {
		return 0;
	}
	(void)kill(service->pid, SIGTERM);
	return service_wait_end(service);
}

static inline void
service_clean(struct service *service)
{
	(void)service_stop(service);
	(void)unlink(service->socket);
	(void)rmdir(service->directory);
}

#endif
