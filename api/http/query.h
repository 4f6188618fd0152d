/*
 * The query string, strictly. Pure.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_HTTP_QUERY_H
#define API_HTTP_QUERY_H

#include <stddef.h>

#include "call/call.h"
#include "core/arena.h"
#include "core/err.h"

/*
 * Percent-decoded once, "+" is a space; any bytes may come out, with a NUL
 * behind them that out_len does not count. NULL for a bad escape. In the arena.
 */
char *
query_unescape(size_t *out_len, struct arena *, const char *text, size_t len);

/*
 * "a=1&b=%20+": name=value pairs, percent-decoded once, "+" is a space; values
 * may be empty, names not. ERR_MALFORMED for more than CALL_QUERY_MAX pairs, a
 * name twice, a pair without "=", bad escapes, control characters, bad UTF-8.
 * text may be NULL: no pairs. Names and values live in the arena.
 */
must_check enum err query_parse(struct call_query out[CALL_QUERY_MAX],
    size_t *count, struct arena *, const char *text, size_t len);
/*
 * As other people's clients write it: a pair without "=" has an empty value,
 * empty pairs are none, and values of a name that comes again are joined with
 * commas.
 */
must_check enum err query_parse_loose(struct call_query out[CALL_QUERY_MAX],
    size_t *count, struct arena *, const char *text, size_t len);

#endif
