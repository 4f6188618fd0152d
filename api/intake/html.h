/*
 * The words of an HTML mail.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_INTAKE_HTML_H
#define API_INTAKE_HTML_H

#include "core/buf.h"

/* Once, before the sandbox. */
void html_start(void);
/*
 * Text is UTF-8. Scripts, styles and the head are left out, blocks become
 * lines, spaces are joined. Nothing that the page names is fetched.
 */
void html_text(struct buf *out, const void *text, size_t len);

#endif
