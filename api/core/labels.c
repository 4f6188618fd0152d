/*
 * The columns of labels.def.
 *
 * SPDX-License-Identifier: ISC
 */
#include "core/labels.h"

#include <string.h>

#include "core/check.h"

struct label {
	const char *wire;
	const char *name[LANG__COUNT];
};

static const struct label confidentialities[CONFIDENTIALITY__COUNT] = {
#define CONFIDENTIALITY(name, wire, en, id)                                    \
	[CONFIDENTIALITY_##name] = {wire, {[LANG_EN] = en, [LANG_ID] = id}},
#include "core/labels.def"
#undef CONFIDENTIALITY
};

static const struct label statuses[STATUS__COUNT] = {
#define STATUS(name, wire, en, id, goes_on)                                    \
	[STATUS_##name] = {wire, {[LANG_EN] = en, [LANG_ID] = id}},
#include "core/labels.def"
#undef STATUS
};

static const bool status_goes_on[STATUS__COUNT] = {
#define STATUS(name, wire, en, id, goes_on) [STATUS_##name] = goes_on,
#include "core/labels.def"
#undef STATUS
};

static const struct label events[EVENT__COUNT] = {
#define EVENT(name, wire, en, id)                                              \
	[EVENT_##name] = {wire, {[LANG_EN] = en, [LANG_ID] = id}},
#include "core/labels.def"
#undef EVENT
};

static const struct label *
label_of(const struct label *list, size_t count, unsigned index)
{
	must(index < count, "a label is one of its list");
	return &list[index];
}

static const char *
name_of(const struct label *list, size_t count, unsigned index, enum lang lang)
{
	must((unsigned)lang < LANG__COUNT, "a language is one of ours");
	return label_of(list, count, index)->name[lang];
}

/* Index of the label of this wire name, or count. */
static size_t
find(const struct label *list, size_t count, const char *wire)
{
	size_t at;

	for (at = 0; at < count; at++) {
		if (strcmp(list[at].wire, wire) == 0)
			break;
	}
	return at;
}

const char *
labels_confidentiality_wire(enum confidentiality level)
{
	return label_of(confidentialities, CONFIDENTIALITY__COUNT, level)->wire;
}

const char *
labels_confidentiality_text(enum confidentiality level, enum lang lang)
{
	return name_of(confidentialities, CONFIDENTIALITY__COUNT, level, lang);
}

enum confidentiality
labels_confidentiality_of(const char *wire)
{
	const char *open = confidentialities[CONFIDENTIALITY_PUBLIC].wire;

	if (wire != NULL && strcmp(wire, open) == 0)
		return CONFIDENTIALITY_PUBLIC;
	return CONFIDENTIALITY_PRIVATE;
}

const char *
labels_status_wire(enum status status)
{
	return label_of(statuses, STATUS__COUNT, status)->wire;
}

const char *
labels_status_name(enum status status, enum lang lang)
{
	return name_of(statuses, STATUS__COUNT, status, lang);
}

bool
labels_status_goes_on(enum status status)
{
	must((unsigned)status < STATUS__COUNT, "a label is one of its list");
	return status_goes_on[status];
}

enum err
labels_status_find(enum status *out, const char *wire)
{
	size_t at = find(statuses, STATUS__COUNT, wire);

	if (at == STATUS__COUNT)
		return ERR_NOT_FOUND;
	*out = (enum status)at;
	return OK;
}

const char *
labels_event_wire(enum event event)
{
	return label_of(events, EVENT__COUNT, event)->wire;
}

const char *
labels_event_name(enum event event, enum lang lang)
{
	return name_of(events, EVENT__COUNT, event, lang);
}

enum err
labels_event_find(enum event *out, const char *wire)
{
	size_t at = find(events, EVENT__COUNT, wire);

	if (at == EVENT__COUNT)
		return ERR_NOT_FOUND;
	*out = (enum event)at;
	return OK;
}
