/*
 * The end of a process that found a bug in itself.
 *
 * SPDX-License-Identifier: ISC
 */
#include "core/check.h"

#include <stdlib.h>

#include "core/log.h"

_Noreturn void
check_failed(const char *rule, const char *file, int line)
{
	log_event(LOG_LEVEL_ERROR, "rule_broken", log_text("rule", rule),
	    log_text("file", file), log_int("line", line));
	log_flush();
	abort();
}
