/*
 * What goes back to the reader. Only policy/ writes the body; http/response.c
 * only sends it.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_POLICY_ANSWER_H
#define API_POLICY_ANSWER_H

#include <stdbool.h>
#include <stddef.h>

#include "core/buf.h"
#include "core/err.h"
#include "core/labels.h"
#include "core/lang.h"

/* How the body is written: our own way, or as GeoReport v2 has it. */
enum answer_format { ANSWER_OWN, ANSWER_XML, ANSWER_JSON };

/* One entry of a problem's "errors". */
struct answer_fault {
	char pointer[64];
	char code[64];
};
#define ANSWER_FAULTS_MAX 16

struct answer {
	int status; /* 0 until answered */
	enum answer_format format; /* set by http/ before ask */
	enum confidentiality level;
	const char *media_type; /* "application/json", "image/jpeg" */
	struct buf body;
	const char *etag; /* header values or NULL, in the arena */
	const char *location;
	const char *cookie;
	const char *clear_site_data;
	bool is_replayed;
	int keep_seconds; /* 0: not to be kept; for reference lists alone */
	int retry_after; /* seconds, 0 = no header */
	const char *rate_policy; /* a quota and what is left of it, or NULL */
	const char *rate_left;
	unsigned allow; /* method bits for 405 */
	const char *detail_code; /* 409: the status the report has */
	struct answer_fault fault[ANSWER_FAULTS_MAX];
	size_t fault_count;
};

#endif
