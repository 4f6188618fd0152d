/*
 * One object of an answer, inside policy/ only.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_POLICY_OBJECT_H
#define API_POLICY_OBJECT_H

#include "core/buf.h"
#include "policy/policy.h"

/* {…} of what this reader may see of this row. */
void object_put(struct buf *, const struct policy_view *, enum policy_table,
    const struct policy_row *, enum confidentiality);
/* {"level":…,"label":…} */
void object_label(struct buf *, enum confidentiality, enum lang);

#endif
