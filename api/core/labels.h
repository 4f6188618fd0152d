/*
 * The closed lists of labels.def as enums, with their names on the wire and
 * for people. Wire names and label texts are static.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_CORE_LABELS_H
#define API_CORE_LABELS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/err.h"
#include "core/lang.h"

enum confidentiality {
#define CONFIDENTIALITY(name, wire, en, id) CONFIDENTIALITY_##name,
#include "core/labels.def"
#undef CONFIDENTIALITY
	CONFIDENTIALITY__COUNT
};

enum status {
#define STATUS(name, wire, en, id, goes_on) STATUS_##name,
#include "core/labels.def"
#undef STATUS
	STATUS__COUNT
};

enum event {
#define EVENT(name, wire, en, id) EVENT_##name,
#include "core/labels.def"
#undef EVENT
	EVENT__COUNT
};

const char *labels_confidentiality_wire(enum confidentiality);
/* The exact label. */
const char *labels_confidentiality_text(enum confidentiality, enum lang);
/*
 * For what comes from the database: anything but exactly "public" is private,
 * NULL and unknown words too.
 */
enum confidentiality labels_confidentiality_of(const char *wire);

const char *labels_status_wire(enum status);
const char *labels_status_name(enum status, enum lang);
bool labels_status_goes_on(enum status);
/* ERR_NOT_FOUND when there is no such status. */
must_check enum err labels_status_find(enum status *out, const char *wire);

const char *labels_event_wire(enum event);
const char *labels_event_name(enum event, enum lang);
must_check enum err labels_event_find(enum event *out, const char *wire);

#endif
