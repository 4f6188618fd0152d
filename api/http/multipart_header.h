/*
 * The lines of text in multipart/form-data: the request's Content-Type and
 * the headers of a part.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_HTTP_MULTIPART_HEADER_H
#define API_HTTP_MULTIPART_HEADER_H

#include <stddef.h>
#include <stdint.h>

#include "http/multipart.h"

#define MULTIPART_BOUNDARY_MAX 70 /* RFC 2046, 5.1.1 */

/* The boundary of a request; content_type may be NULL. */
must_check enum multipart_fault multipart_header_boundary(
    char boundary[MULTIPART_BOUNDARY_MAX + 1], const char *content_type);
/*
 * Reads headers up to and with their empty line, *used bytes of data, into
 * name and type of part.
 */
must_check enum multipart_fault multipart_header_read(
    struct multipart_part *part, size_t *used, const uint8_t *data, size_t len);

#endif
