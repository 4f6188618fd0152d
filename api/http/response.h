/*
 * The only file that sends anything to a client.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_HTTP_RESPONSE_H
#define API_HTTP_RESPONSE_H

#include "core/err.h"
#include "core/lang.h"
#include "http/headers.h"
#include "policy/answer.h"

struct connection;
struct http_request;

/* The confidentiality, headers and body of an answer; takes its body. */
void response_answer(struct http_request *, struct answer *);
/*
 * A body that outlives the request, as it is (sent without a copy). The
 * headers' date, body length and connection are set here.
 */
void response_static(
    struct http_request *, struct headers *, const void *body, size_t len);
/*
 * A problem for a connection without a request, because its head was refused
 * or Kore gives up on it. The connection is not read from afterwards; closing
 * it is the caller's part.
 */
void response_refuse(struct connection *, enum err, enum lang);
/* Lets the client send the body it announced. */
void response_continue(struct connection *);
/* From now on every answer closes its connection. */
void response_close_all(void);

#endif
