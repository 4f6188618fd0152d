/*
 * Makes room when a worker is nearly full. Kore would stop to accept: some
 * thousand silent connections then lock everyone out until they time out.
 *
 * SPDX-License-Identifier: ISC
 */
#include "kore/crowd.h"

#include <kore/kore.h>

#include <kore/http.h>

#include "core/log.h"

/* Silent for so long, and without a request, is expendable. */
#define SILENT_MS 2000

static bool
is_silent(const struct connection *c, uint64_t now)
{
	if (c->proto == CONN_PROTO_MSG || c->idle_timer.start == 0 ||
	    !TAILQ_EMPTY(&c->http_requests) || !TAILQ_EMPTY(&c->send_queue))
		return false;
	return now - c->idle_timer.start > SILENT_MS;
}

void
crowd_thin(void)
{
	uint32_t enough = worker_max_connections - worker_max_connections / 4;
	struct connection *c, *next;
	uint64_t now = kore_time_ms();
	uint32_t gone = 0;

	if (worker_active_connections <=
	    worker_max_connections - worker_max_connections / 8)
		return;
	/* In the order they were accepted. */
	for (c = TAILQ_FIRST(&connections); c != NULL; c = next) {
		next = TAILQ_NEXT(c, list);
		if (worker_active_connections - gone <= enough)
			break;
		if (!is_silent(c, now))
			continue;
		kore_connection_disconnect(c);
		gone++;
	}
	if (gone > 0)
		log_event(LOG_LEVEL_WARNING, "crowded",
		    log_int("connections", worker_active_connections),
		    log_int("closed", gone));
}
