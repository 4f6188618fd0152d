/*
 * What a worker of crm media gives up before it touches a photo, and the
 * reader of crm intake before it touches a mail.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_MEDIA_SANDBOX_H
#define API_MEDIA_SANDBOX_H

#include <sys/types.h>

#include "core/err.h"

struct sandbox_user {
	uid_t user; /* 0: stay who we are */
	gid_t group;
};

/*
 * User, dump, death with the parent, limits of memory, files and output, then
 * the list of system calls; in that order, each needs the earlier ones.
 * ERR_BROKEN when any of it cannot be done: then do not go on. Built with
 * sanitizers, the limits of memory and system calls are left out: their
 * run-time needs more than both.
 */
must_check enum err sandbox_enter(const struct sandbox_user *, pid_t parent);
/*
 * The same, but a call that opens or looks for a file fails instead of ending
 * the process: for libraries that look for files they can do without.
 */
must_check enum err
sandbox_enter_blind(const struct sandbox_user *, pid_t parent);
/* Time for one photo or mail; the process ends when it is used up. */
void sandbox_clock_start(void);
void sandbox_clock_stop(void);

#endif
