/*
 * Where the city's own machines may be: what comes from a channel must never
 * make us talk to them.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_WEBHOOK_ADDRESS_H
#define API_WEBHOOK_ADDRESS_H

#include <stdbool.h>

struct sockaddr;

/*
 * True for a unicast address of the public internet. Not loopback, private,
 * link-local, shared (CGNAT), multicast, documentation, nor IPv6 that carries
 * an IPv4 address.
 */
bool address_is_public(const struct sockaddr *);

#endif
