/*
 * Kore's configuration, written from our settings: nobody edits it.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_KORE_CONFIG_H
#define API_KORE_CONFIG_H

#include "core/buf.h"
#include "core/settings.h"

/* Who workers and the key manager are when root starts the server. */
#define CONFIG_WORKER_USER "crm-api"
#define CONFIG_KEYMGR_USER "crm-key"

void config_write(struct buf *out, const struct settings *);

#endif
