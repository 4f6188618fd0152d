/*
 * The parent of crm media: keeps its workers alive and touches no photo.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_MEDIA_PARENT_H
#define API_MEDIA_PARENT_H

#include "core/err.h"
#include "media/sandbox.h"

#define PARENT_WORKERS_MAX 64

/*
 * Runs workers on the listening socket until SIGTERM or SIGINT, then lets
 * them finish what they have. ERR_UNAVAILABLE when none can be started.
 */
must_check enum err
parent_run(int listener, unsigned workers, const struct sandbox_user *);

#endif
