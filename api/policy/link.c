/*
 * Links of Open311.
 *
 * SPDX-License-Identifier: ISC
 */
#include "policy/link.h"

#include "auth/photo_link.h"
#include "core/check.h"

void
link_photo(struct buf *out, const struct link_base *base, const char *photo)
{
	char link[PHOTO_LINK_LEN + 1];

	must(base != NULL, "a link has what it is made of");
	if (photo_link_make(link, base->keys, photo, base->now_ms) != OK) {
		buf_text(out, "null");
		return;
	}
	buf_text(out, "\"https://");
	buf_text(out, base->host);
	buf_text(out, "/open311/v2/photos/");
	buf_text(out, link);
	buf_byte(out, '"');
}
