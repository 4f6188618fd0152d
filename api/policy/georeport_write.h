/*
 * Bodies of GeoReport about what a client sends: what a service asks for, what
 * became of a request, what a token stands for.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_POLICY_GEOREPORT_WRITE_H
#define API_POLICY_GEOREPORT_WRITE_H

#include "policy/policy.h"

/* Rows of api.service_open(): one for each choice of an attribute at least. */
void georeport_definition(struct answer *, enum lang, const struct db_rows *);
/*
 * A request that was taken in: by its id or, when id is NULL, by the token.
 * Nothing that was sent is said again. has_media_url: what was not read.
 */
void georeport_added(struct answer *, enum lang, const char *id,
    const char *token, bool has_media_url);
/* What a token stands for; id NULL: nothing to be seen yet. */
void georeport_token(struct answer *, const char *id, const char *token);

#endif
