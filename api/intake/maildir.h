/*
 * A Maildir: what lies in new/, and where it goes. Names of files are made by
 * the mail server and hold nothing of the mail.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_INTAKE_MAILDIR_H
#define API_INTAKE_MAILDIR_H

#include <stddef.h>

#include "core/err.h"

#define MAILDIR_NAMES_MAX 10000

struct maildir {
	int fd; /* the directory itself */
	int new_fd;
	char **names;
	size_t count;
};

/* Lists new/ by name. Says what went wrong; maildir_close() all the same. */
must_check enum err maildir_open(struct maildir *, const char *path);
void maildir_close(struct maildir *);
/* One mail to read, or -1: somebody else has moved it, or it is no file. */
int maildir_mail(const struct maildir *, const char *name);
/*
 * From new/ to cur/ of a folder: "." or a name like ".Refused", which is made
 * when it is missing. That it has gone already is no failure.
 */
must_check enum err
maildir_move(const struct maildir *, const char *name, const char *folder);

#endif
