/*
 * A Maildir, see maildir.h.
 *
 * SPDX-License-Identifier: ISC
 */
#include "intake/maildir.h"

#include <sys/stat.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "core/heap.h"

#define FOLDER_MODE 0700

static int
name_compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Takes fd. */
static enum err
names_read(struct maildir *box, int fd)
{
	DIR *list = fdopendir(fd);
	const struct dirent *one;

	if (list == NULL) {
		close(fd);
		return ERR_UNAVAILABLE;
	}
	box->names = heap_array(MAILDIR_NAMES_MAX, sizeof(*box->names));
	for (one = readdir(list); one != NULL && box->count < MAILDIR_NAMES_MAX;
	     one = readdir(list)) {
		if (one->d_name[0] != '.') {
			box->names[box->count++] =
			    heap_text(one->d_name, strlen(one->d_name));
		}
	}
	closedir(list);
	qsort(box->names, box->count, sizeof(*box->names), name_compare);
	return OK;
}

enum err
maildir_open(struct maildir *box, const char *path)
{
	const int flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC;
	int list = -1;

	*box = (struct maildir){.fd = open(path, flags), .new_fd = -1};
	if (box->fd >= 0) {
		box->new_fd = openat(box->fd, "new", flags | O_NOFOLLOW);
		list = openat(box->fd, "new", flags | O_NOFOLLOW);
	}
	if (box->new_fd < 0 || list < 0 || names_read(box, list) != OK) {
		cli_fail("%s is not a Maildir that can be read", path);
		return ERR_NOT_FOUND;
	}
	return OK;
}

void
maildir_close(struct maildir *box)
{
	for (size_t i = 0; i < box->count; i++) {
		heap_free(box->names[i]);
	}
	heap_free(box->names);
	if (box->new_fd >= 0) {
		close(box->new_fd);
	}
	if (box->fd >= 0) {
		close(box->fd);
	}
}

int
maildir_mail(const struct maildir *box, const char *name)
{
	int fd = openat(box->new_fd, name,
	    O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
	struct stat about;

	if (fd >= 0 && (fstat(fd, &about) != 0 || !S_ISREG(about.st_mode))) {
		close(fd);
		fd = -1;
	}
	return fd;
}

static enum err
folder_make(const struct maildir *box, const char *folder)
{
	static const char *const PARTS[] = {"", "/cur", "/new", "/tmp"};
	char path[NAME_MAX];
	int fd;

	for (size_t i = 0; i < sizeof(PARTS) / sizeof(PARTS[0]); i++) {
		snprintf(path, sizeof(path), "%s%s", folder, PARTS[i]);
		if (mkdirat(box->fd, path, FOLDER_MODE) != 0 &&
		    errno != EEXIST) {
			return ERR_UNAVAILABLE;
		}
	}
	/* Maildir++: this makes it a folder for mail readers. */
	snprintf(path, sizeof(path), "%s/maildirfolder", folder);
	fd = openat(box->fd, path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	if (fd >= 0) {
		close(fd);
	}
	return OK;
}

enum err
maildir_move(const struct maildir *box, const char *name, const char *folder)
{
	bool is_flagged = strstr(name, ":2,") != NULL;
	char path[2 * NAME_MAX + 16];

	if (strcmp(folder, ".") != 0 && folder_make(box, folder) != OK) {
		return ERR_UNAVAILABLE;
	}
	snprintf(path, sizeof(path), "%s/cur/%s%s", folder, name,
	    is_flagged ? "" : ":2,S");
	if (renameat(box->new_fd, name, box->fd, path) != 0 &&
	    errno != ENOENT) {
		return ERR_UNAVAILABLE;
	}
	return OK;
}
