/*
 * Where requests come in: the one function that Kore calls, and the driver
 * that walks each of them through its steps.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_HTTP_ENTRY_H
#define API_HTTP_ENTRY_H

#include "call/service.h"
#include "core/err.h"

struct guard_head;
struct http_request;

/* Bodies up to here are taken on any route that takes one. */
#define ENTRY_BODY_SMALL (64u * 1024)
/* Larger ones a worker holds at a time, in bytes. */
#define ENTRY_LARGE_MAX (256u * 1024 * 1024)
/* Of these with a cookie, which nobody has checked yet. */
#define ENTRY_LARGE_UNPROVEN_MAX (ENTRY_LARGE_MAX / 2)

/* Once per worker, before its first request. */
void entry_start(const struct service *);
/*
 * Whether the body of this head, which begins at data, may come at all:
 * ERR_TOO_LARGE, ERR_UNAUTHENTICATED when a large one comes from nobody, or
 * ERR_UNAVAILABLE when the worker already holds many.
 */
must_check enum err entry_may_send(const struct guard_head *, const char *data);
/* The head was taken; the body comes. */
void entry_begin(struct http_request *, const struct guard_head *);
/* Named in Kore's configuration. */
int entry_request(struct http_request *);

#endif
