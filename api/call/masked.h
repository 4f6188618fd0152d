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
/*
 * The same without the name of who sent it, where that signs the text (see
 * core/mask_sender.h); name may be NULL.
 */
const char *masked_sender(struct call *, const char *masked, const char *name);
/* mask_public() into the call's arena; NULL stays NULL. */
const char *masked_public(struct call *, const char *text);

#endif
