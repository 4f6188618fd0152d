/*
 * Text of any charset as UTF-8, see charset.h.
 *
 * SPDX-License-Identifier: ISC
 */
#include "intake/charset.h"

#include <errno.h>
#include <iconv.h>
#include <strings.h>

#include "core/utf8.h"

#define UNKNOWN ((iconv_t)-1)

static const char *const LOADED[] = {"ISO-8859-1", "ISO-8859-2", "ISO-8859-15",
    "WINDOWS-1250", "WINDOWS-1252", "UTF-7", "UTF-16", "GB2312", "GBK",
    "GB18030", "BIG5", "ISO-2022-JP", "SHIFT_JIS", "EUC-KR", "KOI8-R"};

void
charset_load(void)
{
	for (size_t i = 0; i < sizeof(LOADED) / sizeof(LOADED[0]); i++) {
		/* Left open: what is closed may be forgotten. */
		(void)iconv_open("UTF-8", LOADED[i]);
	}
}

static iconv_t
charset_find(const char *charset, const uint8_t *data, size_t len)
{
	iconv_t found = UNKNOWN;

	if (charset != NULL && strcasecmp(charset, "us-ascii") != 0) {
		found = iconv_open("UTF-8", charset);
	}
	if (found == UNKNOWN) {
		found = iconv_open("UTF-8",
		    utf8_is_valid(data, len) ? "UTF-8" : "WINDOWS-1252");
	}
	return found;
}

void
charset_text(
    struct buf *out, const char *charset, const uint8_t *data, size_t len)
{
	iconv_t table = charset_find(charset, data, len);
	char piece[4096];
	/* iconv's prototype is older than const. */
	char *in = (char *)(uintptr_t)data;

	if (table == UNKNOWN) {
		return;
	}
	while (len > 0 && !out->failed) {
		char *end = piece;
		size_t room = sizeof(piece);
		size_t done = iconv(table, &in, &len, &end, &room);

		buf_put(out, piece, (size_t)(end - piece));
		if (done != (size_t)-1 || errno == E2BIG) {
			continue;
		}
		buf_text(out, "\xef\xbf\xbd");
		if (errno == EINVAL) {
			break;
		}
		in++;
		len--;
	}
	(void)iconv_close(table);
}
