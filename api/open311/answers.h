/*
 * What a client answered to the questions of a service: attribute[CODE]=value,
 * attribute[CODE][]=value for lists.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_OPEN311_ANSWERS_H
#define API_OPEN311_ANSWERS_H

#include "call/call.h"
#include "core/buf.h"

/*
 * Appends a line "Question Answer" for each answer that fits its question;
 * rows are those of api.service_open(). Notes a fault for each that does not,
 * and for each that is missing and required. Answers nobody asked for are
 * passed over, as clients send what other cities ask for.
 */
void answers_put(struct buf *out, struct call *, const struct db_rows *);

#endif
