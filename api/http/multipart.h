/*
 * Strict reading of multipart/form-data (RFC 7578 over RFC 2046). Runs on the
 * event loop: one pass, no copies, time linear in the length of the body
 * whatever is in it. File names are read over and never kept.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_HTTP_MULTIPART_H
#define API_HTTP_MULTIPART_H

#include <stddef.h>
#include <stdint.h>

#include "core/err.h"

#define MULTIPART_PARTS_MAX   6
#define MULTIPART_FIELDS_MAX  64 /* of a form */
#define MULTIPART_NAME_MAX    64
#define MULTIPART_TYPE_MAX    64
#define MULTIPART_HEADERS_MAX 2048 /* bytes of one part's headers */
/* The only name that may come more than once but in a form. */
#define MULTIPART_REPEATED "photo"

enum multipart_fault {
	MULTIPART_FINE,
	MULTIPART_MEDIA_TYPE, /* not multipart/form-data */
	MULTIPART_BOUNDARY, /* its boundary is missing or not allowed */
	MULTIPART_START, /* the body does not start with the boundary */
	MULTIPART_DELIMITER, /* junk behind a boundary */
	MULTIPART_UNCLOSED, /* no closing boundary */
	MULTIPART_TRAILER, /* something behind the closing boundary */
	MULTIPART_HEADER, /* a part's header is not well-formed */
	MULTIPART_HEADERS_LARGE, /* a part's headers are too large */
	MULTIPART_NAME, /* a part has no name, or not a plain one */
	MULTIPART_ENCODING, /* a part is encoded as base64 or alike */
	MULTIPART_DUPLICATE, /* a name but MULTIPART_REPEATED comes twice */
	MULTIPART_TOO_MANY, /* more parts than may be */
	MULTIPART_FAULT__COUNT
};

struct multipart_part {
	char name[MULTIPART_NAME_MAX + 1]; /* letters, digits, _-[] */
	char type[MULTIPART_TYPE_MAX + 1]; /* lower case, no parameters */
	const uint8_t *data; /* borrowed from the body */
	size_t len;
};

struct multipart {
	struct multipart_part part[MULTIPART_FIELDS_MAX];
	size_t count;
	enum multipart_fault fault; /* why it was refused */
};

/*
 * ERR_MEDIA_TYPE for MULTIPART_MEDIA_TYPE, ERR_MALFORMED for every other
 * fault; then the parts are not to be used. content_type may be NULL. A part
 * without a Content-Type gets "text/plain".
 */
must_check enum err multipart_parse(struct multipart *out,
    const char *content_type, const uint8_t *body, size_t len);
/* The same for a form: more parts, and every name as often as it likes. */
must_check enum err multipart_parse_form(struct multipart *out,
    const char *content_type, const uint8_t *body, size_t len);
/* The fault in plain words, for logs; static text. */
const char *multipart_fault_text(enum multipart_fault);

#endif
