/*
 * A worker of crm media: one photo at a time, for ever.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_MEDIA_WORKER_H
#define API_MEDIA_WORKER_H

#include <sys/types.h>

#include "media/sandbox.h"

/*
 * Enters the sandbox and serves the listening, non-blocking socket. SIGTERM
 * has to be blocked; it ends the worker between two photos.
 */
_Noreturn void
worker_run(int listener, const struct sandbox_user *, pid_t parent);

#endif
