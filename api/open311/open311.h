/*
 * What the handlers of Open311 GeoReport v2 share. http/ has set the format
 * in call->answer before they run; errors that they return become GeoReport's
 * own, with one entry per fault (policy/problem.c).
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_OPEN311_OPEN311_H
#define API_OPEN311_OPEN311_H

#include "call/call.h"
#include "policy/georeport.h"

/*
 * What every method of the specification asks first: jurisdiction_id is ours
 * or not given; else ERR_NOT_FOUND with the fault named.
 */
must_check enum err open311_jurisdiction(struct call *);
/* A parameter; what is empty counts as not given: NULL. */
const char *open311_query(const struct call *, const char *name);
/* Answers with rows of the first statement as a list of that name. */
must_check enum err
open311_list(struct call *, const char *root, enum policy_table);
/* Answers with one error of a fixed text; returns OK. */
must_check enum err
open311_error(struct call *, int status, const char *description);

#endif
