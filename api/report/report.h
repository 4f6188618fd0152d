/*
 * Reports: taken in from channels, listed and opened by their readers.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_REPORT_REPORT_H
#define API_REPORT_REPORT_H

#include "call/call.h"

/* Parameters of GET /api/v1/reports, NULL-terminated. */
extern const char *const report_query_names[];

/* ETag "<version>" of the row's report, in the arena. */
const char *report_etag(struct call *, const struct policy_row *);

#endif
