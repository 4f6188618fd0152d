/*
 * RAND_bytes, or the end of the process.
 *
 * SPDX-License-Identifier: ISC
 */
#include "core/random.h"

#include <limits.h>
#include <openssl/rand.h>

#include "core/check.h"

void
random_bytes(void *out, size_t len)
{
	must(len <= INT_MAX, "random bytes are asked for in small pieces");
	must(RAND_bytes(out, (int)len) == 1, "the machine has random bytes");
}

uint32_t
random_below(uint32_t limit)
{
	uint32_t number;

	must(limit > 0, "a limit is at least 1");
	random_bytes(&number, sizeof(number));
	return (uint32_t)((uint64_t)number * limit >> 32);
}
