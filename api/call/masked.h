/*
 * What reporters typed, with personal data masked before anything else sees it.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_CALL_MASKED_H
#define API_CALL_MASKED_H

#include "call/call.h"

/* mask_text() into the call's arena; NULL stays NULL. */
const char *masked_text(struct call *, const char *text);
/* mask_public() into the call's arena; NULL stays NULL. */
const char *masked_public(struct call *, const char *text);

#endif
