/*
 * Delivers what is in the outbox (crm.webhook_event).
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_JOBS_DELIVER_H
#define API_JOBS_DELIVER_H

#include <stdbool.h>

#include "core/err.h"

/*
 * On a connection of its own, until a signal can be read from signals; with
 * is_once only until nothing is due. ERR_CONFLICT: someone else delivers.
 * Says in the log what went wrong. Whatever ends this, also kill -9: what was
 * sent and not noted is sent again, with the same webhook-id.
 */
must_check enum err deliver_run(int signals, bool is_once);

#endif
