/*
 * JSON from outside is scanned strictly (RFC 8259 and then some) before cJSON
 * sees it, because cJSON forgives what must not be forgiven. Text goes out
 * through one fast writer.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_CORE_JSON_H
#define API_CORE_JSON_H

#include <cjson/cJSON.h>
#include <stddef.h>

#include "core/buf.h"
#include "core/err.h"

#define JSON_DEPTH_MAX   32
#define JSON_MEMBERS_MAX 128 /* of one object */
#define JSON_NUMBER_MAX  32 /* characters */

enum json_flaw {
	JSON_FINE,
	JSON_SYNTAX, /* also: byte order mark, cut short, bytes after the end */
	JSON_BAD_UTF8,
	JSON_BAD_CONTROL, /* raw control character, NUL or \u0000 */
	JSON_BAD_SURROGATE, /* half a pair */
	JSON_BAD_NUMBER, /* grammar, length, not finite, beyond 2^53 */
	JSON_DUPLICATE, /* key twice, also by escape or letter case */
	JSON_TOO_DEEP,
	JSON_TOO_MANY, /* members in one object */
	JSON_FLAW__COUNT
};

/* offset (may be NULL) is where the flaw was seen. Any bytes may be given. */
enum json_flaw json_scan(const void *data, size_t len, size_t *offset);
/* "syntax", "utf8", …; static text. */
const char *json_flaw_name(enum json_flaw);
/*
 * Scan, then cJSON. The caller owns *out; cJSON_Delete() wipes it.
 * ERR_MALFORMED when it is not strict JSON, ERR_UNAVAILABLE when memory ran
 * out.
 */
must_check enum err json_parse(cJSON **out, const void *data, size_t len);

/* A quoted and escaped string; text must be valid UTF-8. */
void json_write_text(struct buf *, const char *text, size_t len);

#endif
