/*
 * crm media: options, the socket, and the way down.
 *
 * SPDX-License-Identifier: ISC
 */
#include "media/main.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <errno.h>
#include <getopt.h>
#include <grp.h>
#include <pwd.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/log.h"
#include "core/settings.h"
#include "media/parent.h"

#define WORKERS_DEFAULT 2
/* The queue: whoever finds it full waits and tries again. */
#define BACKLOG 64
#define USAGE                                                                  \
	"usage: crm media [--socket PATH] [--workers N] [--user NAME]"         \
	" [--group NAME]\n"                                                    \
	"  --socket   default: run/media.sock in the jail\n"                   \
	"  --workers  1 to 64, default 2\n"                                    \
	"  --user     whom the workers become; needs root\n"                   \
	"  --group    who may connect besides the user; needs root\n"

struct options {
	struct sockaddr_un address;
	unsigned workers;
	struct sandbox_user who;
	gid_t clients;
	bool has_clients;
};

static bool
read_workers(unsigned *out, const char *text)
{
	char *end;
	long number;

	errno = 0;
	number = strtol(text, &end, 10);
	if (errno != 0 || *end != '\0' || end == text || number < 1 ||
	    number > PARENT_WORKERS_MAX) {
		return false;
	}
	*out = (unsigned)number;
	return true;
}

static bool
read_user(struct sandbox_user *out, const char *name)
{
	const struct passwd *found = getpwnam(name);

	if (found == NULL || found->pw_uid == 0) {
		return false;
	}
	out->user = found->pw_uid;
	out->group = found->pw_gid;
	return true;
}

static bool
read_group(struct options *out, const char *name)
{
	const struct group *found = getgrnam(name);

	if (found == NULL) {
		return false;
	}
	out->clients = found->gr_gid;
	out->has_clients = true;
	return true;
}

static bool
set_path(struct options *out, const char *directory, const char *file)
{
	int len = snprintf(out->address.sun_path, sizeof(out->address.sun_path),
	    "%s%s", directory, file);

	return len > 0 && (size_t)len < sizeof(out->address.sun_path);
}

static bool
options_read(struct options *out, int argc, char **argv)
{
	static const struct option known[] = {
	    {"socket", required_argument, NULL, 's'},
	    {"workers", required_argument, NULL, 'w'},
	    {"user", required_argument, NULL, 'u'},
	    {"group", required_argument, NULL, 'g'},
	    {NULL, 0, NULL, 0},
	};
	bool is_good = true, has_path = false;
	int option;

	*out = (struct options){
	    .address = {.sun_family = AF_UNIX},
	    .workers = WORKERS_DEFAULT,
	};
	optind = 0;
	while ((option = getopt_long(argc, argv, "", known, NULL)) != -1) {
		switch (option) {
		case 's':
			has_path = true;
			is_good = is_good && set_path(out, optarg, "");
			break;
		case 'w':
			is_good =
			    is_good && read_workers(&out->workers, optarg);
			break;
		case 'u':
			is_good = is_good && read_user(&out->who, optarg);
			break;
		case 'g':
			is_good = is_good && read_group(out, optarg);
			break;
		default:
			return false;
		}
	}
	return is_good && optind == argc &&
	    (has_path || set_path(out, settings_get()->run, "/media.sock"));
}

/* A socket left by a parent that was killed: nobody answers behind it. */
static bool
remove_stale(const struct sockaddr_un *address)
{
	int s = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	bool is_stale;

	if (s < 0) {
		return false;
	}
	is_stale = connect(s, (const struct sockaddr *)address,
		       sizeof(*address)) != 0 &&
	    errno == ECONNREFUSED;
	close(s);
	return is_stale && unlink(address->sun_path) == 0;
}

static bool
open_to(const struct options *options)
{
	const char *path = options->address.sun_path;

	if (geteuid() == 0 &&
	    chown(path, options->who.user,
		options->has_clients ? options->clients : options->who.group) !=
		0) {
		return false;
	}
	return chmod(path, options->has_clients ? 0660 : 0600) == 0;
}

static int
listen_on(const struct options *options)
{
	const struct sockaddr *address =
	    (const struct sockaddr *)&options->address;
	socklen_t len = sizeof(options->address);
	mode_t mask = umask(0177);
	int s = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	bool is_bound = s >= 0 &&
	    (bind(s, address, len) == 0 ||
		(errno == EADDRINUSE && remove_stale(&options->address) &&
		    bind(s, address, len) == 0));

	(void)umask(mask);
	if (is_bound && open_to(options) && listen(s, BACKLOG) == 0) {
		return s;
	}
	if (is_bound) {
		(void)unlink(options->address.sun_path);
	}
	if (s >= 0) {
		close(s);
	}
	return -1;
}

int
media_main(int argc, char **argv)
{
	struct options options;
	enum err err;
	int listener;

	if (!options_read(&options, argc, argv)) {
		(void)fputs(USAGE, stderr);
		return 2;
	}
	log_start("media");
	listener = listen_on(&options);
	if (listener < 0) {
		log_event(LOG_LEVEL_ERROR, "media_socket_failed",
		    log_int("errno", errno));
		return 1;
	}
	log_event(
	    LOG_LEVEL_INFO, "media_ready", log_int("workers", options.workers));
	log_flush();
	err = parent_run(listener, options.workers, &options.who);
	(void)unlink(options.address.sun_path);
	close(listener);
	log_event(LOG_LEVEL_INFO, "media_stopped");
	log_flush();
	return err == OK ? 0 : 1;
}
