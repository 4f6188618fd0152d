/*
 * What the tests of core/mask.c share: pairs of text and result.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef TESTS_MASK_BENCH_H
#define TESTS_MASK_BENCH_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "core/mask.h"
#include "core/utf8.h"

struct trial {
	const char *text;
	const char *expected;
};

typedef size_t (*mask_fn)(struct buf *, const char *, size_t);

/* Masked once it is as expected, masked twice it stays so. */
static inline void
try(mask_fn mask, const struct trial *trial)
{
	size_t len = strlen(trial->text), expected = strlen(trial->expected);
	struct buf once, twice;
	size_t found;

	buf_init(&once, 3 * len);
	buf_init(&twice, 9 * len);
	found = mask(&once, trial->text, len);
	assert_false(once.failed);
	if (once.len != expected ||
	    (expected > 0 && memcmp(once.data, trial->expected, expected) != 0))
		print_error("%s\n  became %.*s\n", trial->text, (int)once.len,
		    (char *)once.data);
	assert_int_equal(once.len, expected);
	if (expected > 0)
		assert_memory_equal(once.data, trial->expected, expected);
	assert_true(utf8_is_valid(once.data, once.len));
	assert_int_equal(found == 0, strcmp(trial->text, trial->expected) == 0);
	(void)mask(&twice, (char *)once.data, once.len);
	assert_int_equal(twice.len, once.len);
	if (once.len > 0)
		assert_memory_equal(twice.data, once.data, once.len);
	buf_clear(&once);
	buf_clear(&twice);
}

#define TRY(mask, trials)                                                      \
	do {                                                                   \
		size_t try_at;                                                 \
		for (try_at = 0;                                               \
		     try_at < sizeof(trials) / sizeof((trials)[0]); try_at++)  \
			try(mask, &(trials)[try_at]);                          \
	} while (0)

#endif
