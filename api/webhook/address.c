/*
 * The special-purpose registries of IANA (RFC 6890) as two tables. IPv6 is an
 * allow list: global unicast, and of that not what is special.
 *
 * SPDX-License-Identifier: ISC
 */
#include "webhook/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>

struct net4 {
	uint32_t net;
	unsigned bits;
};

struct net6 {
	uint8_t net[6];
	unsigned bits;
};

static const struct net4 SPECIAL4[] = {
    {0x00000000, 8}, /* this network */
    {0x0a000000, 8}, /* private */
    {0x64400000, 10}, /* shared, CGNAT */
    {0x7f000000, 8}, /* loopback */
    {0xa9fe0000, 16}, /* link-local, cloud metadata */
    {0xac100000, 12}, /* private */
    {0xc0000000, 24}, /* protocol assignments */
    {0xc0000200, 24}, /* documentation */
    {0xc0586300, 24}, /* 6to4 relays */
    {0xc0a80000, 16}, /* private */
    {0xc6120000, 15}, /* benchmarks */
    {0xc6336400, 24}, /* documentation */
    {0xcb007100, 24}, /* documentation */
    {0xe0000000, 3}, /* multicast, reserved, broadcast */
};

static const struct net6 GLOBAL6 = {{0x20}, 3};

static const struct net6 SPECIAL6[] = {
    {{0x20, 0x01, 0x00}, 23}, /* protocol assignments, Teredo */
    {{0x20, 0x01, 0x0d, 0xb8}, 32}, /* documentation */
    {{0x20, 0x02}, 16}, /* 6to4: IPv4 inside */
    {{0x3f, 0xff, 0x00}, 20}, /* documentation */
};

static bool
is_public4(uint32_t host)
{
	for (size_t i = 0; i < sizeof(SPECIAL4) / sizeof(SPECIAL4[0]); i++) {
		unsigned shift = 32 - SPECIAL4[i].bits;
		if (host >> shift == SPECIAL4[i].net >> shift) {
			return false;
		}
	}
	return true;
}

static bool
is_in6(const uint8_t host[16], const struct net6 *net)
{
	size_t whole = net->bits / 8;
	unsigned rest = net->bits % 8;

	if (memcmp(host, net->net, whole) != 0) {
		return false;
	}
	return rest == 0 ||
	    host[whole] >> (8 - rest) == net->net[whole] >> (8 - rest);
}

static bool
is_public6(const uint8_t host[16])
{
	if (!is_in6(host, &GLOBAL6)) {
		return false;
	}
	for (size_t i = 0; i < sizeof(SPECIAL6) / sizeof(SPECIAL6[0]); i++) {
		if (is_in6(host, &SPECIAL6[i])) {
			return false;
		}
	}
	return true;
}

bool
address_is_public(const struct sockaddr *address)
{
	struct sockaddr_in four;
	struct sockaddr_in6 six;

	if (address->sa_family == AF_INET) {
		memcpy(&four, address, sizeof(four));
		return is_public4(ntohl(four.sin_addr.s_addr));
	}
	if (address->sa_family == AF_INET6) {
		memcpy(&six, address, sizeof(six));
		return is_public6(six.sin6_addr.s6_addr);
	}
	return false;
}
