/*
 * Reports that come as mail.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_INTAKE_MAIL_H
#define API_INTAKE_MAIL_H

#include "core/err.h"
#include "intake/post.h"

/* What became of the mails of one run. */
struct mail_count {
	size_t taken;
	size_t refused;
	size_t automatic;
	size_t left;
};

/*
 * Hands in what lies in new/ of a Maildir, oldest name first. What was taken
 * in goes to cur/, what was refused to .Refused/cur/, what no person wrote to
 * .Automatic/cur/; all else stays for the next run. May be killed at any
 * moment and run twice at once. tickets is a file that gets a line "name of the
 * mail's file,ticket" for each, or NULL. Says what went wrong.
 */
must_check enum err mail_run(struct mail_count *, struct post *,
    const char *maildir, const char *tickets);

#endif
