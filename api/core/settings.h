/*
 * The settings of this process: read once from the environment at the start,
 * constant from then on.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_CORE_SETTINGS_H
#define API_CORE_SETTINGS_H

#include <stdint.h>

#include "core/buf.h"
#include "core/err.h"

struct settings {
#define S_INT(field, variable, initial, min, max, what) int64_t field;
#define S_TEXT(field, variable, initial, max, what)     const char *field;
#include "core/settings.def"
#undef S_INT
#undef S_TEXT
	/* Derived. state and web are absolute by now. */
	const char *keys; /* state/keys */
	const char *jail; /* state/jail: root directory of the workers */
	const char *run; /* state/jail/run: PostgreSQL's and media's sockets */
	/*
	 * The same as a worker of crmd sees it: "/run" behind its chroot when
	 * started as root, otherwise run. libpq wants an absolute host.
	 */
	const char *worker_run;
};

/*
 * Reads them all. ERR_INVALID with one line per wrong setting in fault. A
 * second call replaces the first; tests only.
 */
must_check enum err settings_load(struct buf *fault);
/* Only after settings_load(). */
const struct settings *settings_get(void);
/* One line per setting, for --help. */
void settings_describe(struct buf *);

#endif
