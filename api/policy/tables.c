/*
 * Makes data of the .def lists.
 *
 * SPDX-License-Identifier: ISC
 */
#include "policy/tables.h"

#define F(group, name, column, type, kind, why)                                \
	{group, name, "\"" name "\":", sizeof("\"" name "\":") - 1, column,    \
	    TYPE_##type, POLICY_KIND_##kind, why},

static const struct tables_field report_fields[] = {
#include "policy/report_fields.def"
};

static const struct tables_field event_fields[] = {
#include "policy/event_fields.def"
};

#define T(table) static const struct tables_field other_##table[] = {
#define E(table)                                                               \
	}                                                                      \
	;
#include "policy/other_fields.def"
#undef T
#undef E
#undef F

#define LIST(name, array)                                                      \
	{                                                                      \
		name, array, sizeof(array) / sizeof(array[0])                  \
	}

const struct tables_list tables_list[POLICY_TABLE__COUNT] = {
    [POLICY_REPORT] = LIST("report", report_fields),
    [POLICY_EVENT] = LIST("event", event_fields),
    [POLICY_SESSION] = LIST("session", other_SESSION),
    [POLICY_CATEGORY] = LIST("category", other_CATEGORY),
    [POLICY_UNIT] = LIST("unit", other_UNIT),
    [POLICY_HOLIDAY] = LIST("holiday", other_HOLIDAY),
    [POLICY_NOTICE] = LIST("notice", other_NOTICE),
    [POLICY_REASON] = LIST("reason", other_REASON),
    [POLICY_AREA] = LIST("area", other_AREA),
    [POLICY_OFFICER] = LIST("officer", other_OFFICER),
    [POLICY_RANKING] = LIST("ranking", other_RANKING),
    [POLICY_HAND_OVER] = LIST("hand-over", other_HAND_OVER),
    [POLICY_OPENED] = LIST("opened", other_OPENED),
    [POLICY_VIEW] = LIST("view", other_VIEW),
    [POLICY_TEMPLATE] = LIST("template", other_TEMPLATE),
    [POLICY_CHECK] = LIST("check", other_CHECK),
    [POLICY_WORD] = LIST("word", other_WORD),
    [POLICY_CHANNEL] = LIST("channel", other_CHANNEL),
    [POLICY_KEY] = LIST("key", other_KEY),
    [POLICY_RELATED] = LIST("related", other_RELATED),
    [POLICY_HELD] = LIST("held", other_HELD),
    [POLICY_SUGGESTION] = LIST("suggestion", other_SUGGESTION),
    [POLICY_SERVICE] = LIST("service", other_SERVICE),
    [POLICY_REQUEST] = LIST("request", other_REQUEST),
    [POLICY_ATTRIBUTE] = LIST("attribute", other_ATTRIBUTE),
    [POLICY_CHOICE] = LIST("choice", other_CHOICE),
};

#define N                 ACCESS_N
#define O                 ACCESS_O
#define R                 ACCESS_R
#define P                 ACCESS_P
#define A                 ACCESS_A
#define ACCESS(kind, ...) [POLICY_KIND_##kind] = {__VA_ARGS__},
static const enum tables_access access_table[POLICY_KIND__COUNT]
					    [READER__COUNT] = {
#include "policy/access.def"
};
#undef ACCESS
#undef N
#undef O
#undef R
#undef P
#undef A

static const struct {
	const char *name;
	const char *why;
} kinds[POLICY_KIND__COUNT] = {
#define KIND(name, why) [POLICY_KIND_##name] = {#name, why},
#include "policy/kinds.def"
#undef KIND
};

enum tables_access
tables_access(enum reader reader, enum policy_kind kind)
{
	return access_table[kind][reader];
}

const char *
tables_kind_name(enum policy_kind kind)
{
	return kinds[kind].name;
}

const char *
tables_kind_why(enum policy_kind kind)
{
	return kinds[kind].why;
}
