/*
 * The only place that reads the clock, and the texts of times: RFC 3339 in
 * UTC on the wire, PostgreSQL's ISO text from the database, HTTP dates.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_CORE_CLOCK_H
#define API_CORE_CLOCK_H

#include <stddef.h>
#include <stdint.h>

#include "core/err.h"

#define CLOCK_TEXT_LEN      27 /* "2026-11-24T08:06:12.123456Z", the longest */
#define CLOCK_HTTP_DATE_LEN 29 /* "Tue, 24 Nov 2026 08:06:12 GMT" */

/* Milliseconds since 1970-01-01T00:00:00Z. */
int64_t clock_now_ms(void);
/* Milliseconds that only go forward, for deadlines. */
int64_t clock_mono_ms(void);

/*
 * RFC 3339 with "T", seconds, up to 9 digits of fraction (cut to 6) and "Z" or
 * an offset; capital letters only; leap second 60 becomes the next second.
 * Years 1970 to 9999. ERR_MALFORMED otherwise. Microseconds since 1970.
 */
must_check enum err clock_parse(int64_t *us, const char *text, size_t len);
/* As RFC 3339, UTC, with fraction when it is not zero; returns the length. */
size_t clock_format(char out[CLOCK_TEXT_LEN + 1], int64_t us);
/*
 * PostgreSQL's timestamptz text (DateStyle ISO), e.g.
 * "2026-11-24 08:06:12.123456+00", as RFC 3339 in UTC. ERR_BROKEN for
 * infinity, years outside 1970 to 9999 and everything else.
 */
must_check enum err
clock_from_database(char out[CLOCK_TEXT_LEN + 1], const char *text, size_t len);
/* IMF-fixdate of RFC 9110. */
void clock_http_date(char out[CLOCK_HTTP_DATE_LEN + 1], int64_t ms);

#endif
