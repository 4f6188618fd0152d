/*
 * The field and access tables as data, inside policy/ only.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_POLICY_TABLES_H
#define API_POLICY_TABLES_H

#include <stddef.h>

#include "policy/policy.h"

enum tables_type {
	TYPE_TEXT,
	TYPE_OPTIONAL_TEXT,
	TYPE_NUMBER,
	TYPE_OPTIONAL_NUMBER,
	TYPE_DEGREES,
	TYPE_OPTIONAL_DEGREES,
	TYPE_BOOL,
	TYPE_OPTIONAL_BOOL,
	TYPE_PARTS, /* text in parts with spaces between, as an array */
	TYPE_TIME,
	TYPE_OPTIONAL_TIME,
	TYPE_TEXTS, /* text[] */
	TYPE_OPTIONAL_TEXTS, /* text[]; left out when empty */
	TYPE_OPTIONAL_LINKS, /* ids, with their tickets in link_ticket */
	TYPE_LABEL,
	TYPE_REPORTER,
	TYPE_PHOTOS,
	TYPE_PHOTO_LINK, /* of one photo, for a minute */
	TYPE_OPTIONAL_PHOTOS, /* proof; left out when there are none */
	TYPE_REDACTED,
};

/* A = always, P = public report, R = public and coarser, O = own unit. */
enum tables_access { ACCESS_N, ACCESS_O, ACCESS_R, ACCESS_P, ACCESS_A };

struct tables_field {
	const char *group; /* NULL, "unit", "location.kelurahan" */
	const char *name;
	const char *key; /* "name": with quotes and colon */
	size_t key_len;
	const char *column;
	enum tables_type type;
	enum policy_kind kind;
	const char *why;
};

struct tables_list {
	const char *name;
	const struct tables_field *field;
	size_t count;
};

extern const struct tables_list tables_list[POLICY_TABLE__COUNT];

enum tables_access tables_access(enum reader, enum policy_kind);
const char *tables_kind_name(enum policy_kind);
const char *tables_kind_why(enum policy_kind);

#endif
