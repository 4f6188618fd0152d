/*
 * The READER rows of labels.def.
 *
 * SPDX-License-Identifier: ISC
 */
#include "auth/reader.h"

#include <stddef.h>
#include <string.h>

#include "core/check.h"

static const struct {
	const char *wire;
	bool has_session;
} readers[READER__COUNT] = {
#define READER(name, wire, session) [READER_##name] = {wire, session},
#include "core/labels.def"
#undef READER
};

const char *
reader_wire(enum reader reader)
{
	must((unsigned)reader < READER__COUNT, "a reader is one of the list");
	return readers[reader].wire;
}

enum err
reader_find(enum reader *out, const char *wire)
{
	size_t at;

	for (at = 0; at < READER__COUNT; at++) {
		if (strcmp(readers[at].wire, wire) == 0) {
			*out = (enum reader)at;
			return OK;
		}
	}
	return ERR_NOT_FOUND;
}

bool
reader_has_session(enum reader reader)
{
	must((unsigned)reader < READER__COUNT, "a reader is one of the list");
	return readers[reader].has_session;
}
