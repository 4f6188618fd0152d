/*
 * Reports: taken in from channels, listed and opened by their readers.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_REPORT_REPORT_H
#define API_REPORT_REPORT_H

#include "call/call.h"

/* ETag "<version>" of the row's report, in the arena. */
const char *report_etag(struct call *, const struct policy_row *);

#endif
