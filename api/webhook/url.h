/*
 * Addresses of receivers, looked at when they are registered. What a name
 * resolves to is looked at again with every connection.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_WEBHOOK_URL_H
#define API_WEBHOOK_URL_H

#include <stdbool.h>

#define URL_MAX 2000

/*
 * NULL when the address is one to send to, otherwise what is wrong with it, in
 * static words. is_open allows plain http and addresses that are not public,
 * for demonstration and tests.
 */
const char *url_fault(const char *text, bool is_open);

#endif
