/*
 * One object of an answer, inside policy/ only.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_POLICY_OBJECT_H
#define API_POLICY_OBJECT_H

#include "core/buf.h"
#include "policy/link.h"
#include "policy/policy.h"

#define OBJECT_FIELDS_MAX 64

/*
 * Where the columns of a table's fields stand in a result; -1 is nowhere.
 * links: NULL unless a field is one.
 */
struct object_columns {
	const struct link_base *links;
	int field[OBJECT_FIELDS_MAX];
	int by_own_unit;
	int link_ticket;
	int photo_width;
	int photo_height;
};

/* Columns are found once a result, not once a row: names cost more than
 * values. */
void object_find(
    struct object_columns *, enum policy_table, const struct policy_row *);
/* {…} of what this reader may see of this row. */
void object_put(struct buf *, const struct policy_view *, enum policy_table,
    const struct object_columns *, const struct policy_row *,
    enum confidentiality);
/* {"level":…,"label":…} */
void object_label(struct buf *, enum confidentiality, enum lang);

#endif
