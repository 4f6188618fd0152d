/*
 * The results a function can have, and what the wire says of each.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_CORE_ERR_H
#define API_CORE_ERR_H

#include "core/lang.h"

enum err {
	OK = 0,
#define X(name, status, slug, en, id) ERR_##name,
#include "core/errors.def"
#undef X
	ERR__COUNT
};

#define must_check __attribute__((warn_unused_result))

/* HTTP status of a failure, 200 for OK. */
int err_status(enum err);
/* Last part of the problem type, e.g. "not-found"; static text. */
const char *err_slug(enum err);
/* Title for people; static text. */
const char *err_title(enum err, enum lang);

#endif
