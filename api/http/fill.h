/*
 * Kore's request as ours.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_HTTP_FILL_H
#define API_HTTP_FILL_H

#include "http/request.h"

struct http_request;

/* Everything is borrowed from Kore's request. HEAD and OPTIONS read as GET. */
void fill_request(struct request *out, struct http_request *);

#endif
