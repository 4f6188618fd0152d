/*
 * GET /open311/discovery and /open311/v2/discovery: where which version is,
 * in which formats.
 *
 * SPDX-License-Identifier: ISC
 */
#include "open311/open311.h"
#include "routes.h"

enum err
discovery_open_ask(struct call *call)
{
	georeport_discovery(&call->answer, call->host);
	return OK;
}

enum err
discovery_above_ask(struct call *call)
{
	return discovery_open_ask(call);
}
