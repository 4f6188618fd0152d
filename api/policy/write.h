/*
 * JSON text of single values, straight from a result to the answer.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_POLICY_WRITE_H
#define API_POLICY_WRITE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/buf.h"

/* "quoted and escaped" */
void write_text(struct buf *, const char *text, size_t len);
/* key as it stands, ",\"code\":", then the value quoted and escaped. */
void write_member(struct buf *, const char *key, const char *value);
/* The same with personal data masked as for the public. */
void write_masked(struct buf *, const char *text, size_t len);
/* PostgreSQL's UTC text 2026-11-24 08:06:12.5+00 as "2026-11-24T08:06:12.5Z" */
void write_time(struct buf *, const char *text, size_t len);
/* A float8's text; coarse: rounded to 0.001 degree, about 100 m. */
void write_degrees(struct buf *, const char *text, bool coarse);
/* ["a","b"] of parts with one space between them. */
void write_parts(struct buf *, const char *text, size_t len);
/* ["a","b"] of a PostgreSQL array of words of letters, digits, _ and -. */
void write_texts(struct buf *, const char *array);
/* [{"id","ticket"}…] of two PostgreSQL arrays, which hold no quotes. */
void write_links(struct buf *, const char *ids, const char *tickets);
/*
 * [{"id","width","height","thumb","full"}…] of three PostgreSQL arrays of
 * uuids and integers, which hold no quotes.
 */
void write_photos(
    struct buf *, const char *ids, const char *widths, const char *heights);

#endif
