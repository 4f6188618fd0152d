/*
 * Bodies as Open311 GeoReport v2 has them: no envelope, and the same in JSON
 * and in XML. Handlers write JSON; georeport_end() makes XML of just that, so
 * that neither format can hold what the other does not.
 *
 * All of it is public: private reports do not exist there.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_POLICY_GEOREPORT_H
#define API_POLICY_GEOREPORT_H

#include "policy/link.h"
#include "policy/policy.h"

/* Then one JSON value, then georeport_end(). */
void georeport_begin(struct answer *, int status);
/* [all rows], as the public may see them. */
void georeport_rows(struct answer *, enum lang, const struct link_base *,
    enum policy_table, const struct db_rows *);
/* root: name of the outermost element in XML, "service_requests". */
void georeport_end(struct answer *, const char *root);
/* One error; description is a fixed text. */
void georeport_error(struct answer *, int status, const char *description);
/* Where which version of which API is; host as the client called it. */
void georeport_discovery(struct answer *, const char *host);

#endif
