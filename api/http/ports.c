/*
 * What each port answers.
 *
 * SPDX-License-Identifier: ISC
 */
#include "http/ports.h"

#include "health/health.h"
#include "routes.h"

#define ROUTE(method, path, readers, body, part, name)                         \
	{METHOD_##method, path, readers, BODY_##body, part, #name, name##_ask, \
	    name##_answer},
#define ROUTE_ASK(method, path, readers, body, part, name)                     \
	{METHOD_##method, path, readers, BODY_##body, part, #name, name##_ask, \
	    NULL},
static const struct route public_rows[] = {
#include "routes.def"
};
#undef ROUTE
#undef ROUTE_ASK

static const struct route local_rows[] = {
    {METHOD_GET, "/healthz", ANYONE, BODY_NONE, NULL, "health_process",
	health_process_ask, NULL},
    {METHOD_GET, "/readyz", ANYONE, BODY_NONE, NULL, "health_ready",
	health_ready_ask, health_ready_answer},
    {METHOD_GET, "/metrics", ANYONE, BODY_NONE, NULL, "health_metrics",
	health_metrics_ask, NULL},
};

const struct port ports_public = {
    public_rows, sizeof(public_rows) / sizeof(public_rows[0])};
const struct port ports_local = {
    local_rows, sizeof(local_rows) / sizeof(local_rows[0])};
