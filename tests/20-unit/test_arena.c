/*
 * Memory of a request: zeroed, aligned, apart, and printf into it.
 *
 * SPDX-License-Identifier: ISC
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/arena.h"
#include "core/heap.h"

static void
pieces_are_zeroed_aligned_and_apart(void **state)
{
	struct arena *arena = arena_new();
	uint8_t *piece[500];
	size_t at, n;

	(void)state;
	for (at = 0; at < 500; at++) {
		size_t len = at * 7 % 300;

		piece[at] = arena_get(arena, len);
		assert_int_equal(
		    (uintptr_t)piece[at] % _Alignof(max_align_t), 0);
		for (n = 0; n < len; n++)
			assert_int_equal(piece[at][n], 0);
		memset(piece[at], (int)(at & 0xff), len);
	}
	for (at = 0; at < 500; at++) {
		for (n = 0; n < at * 7 % 300; n++)
			assert_int_equal(piece[at][n], at & 0xff);
	}
	arena_free(arena);
}

static void
large_pieces_fit(void **state)
{
	struct arena *arena = arena_new();
	size_t len = (size_t)3 * 1024 * 1024;
	uint8_t *large = arena_get(arena, len), *small = arena_get(arena, 1);

	(void)state;
	large[0] = large[len - 1] = 1;
	*small = 2;
	assert_int_equal(large[len - 1], 1);
	arena_free(arena);
}

static void
text_keeps_its_bytes(void **state)
{
	struct arena *arena = arena_new();
	char *text = arena_text(arena, "a\0b", 3);

	(void)state;
	assert_memory_equal(text, "a\0b", 4);
	assert_string_equal(arena_text(arena, NULL, 0), "");
	arena_free(arena);
}

static void
format_takes_any_length(void **state)
{
	struct arena *arena = arena_new();
	char *text;

	(void)state;
	assert_string_equal(arena_format(arena, "%s-%d", "a", 7), "a-7");
	text = arena_format(arena, "%0100000d", 5);
	assert_int_equal(strlen(text), 100000);
	arena_free(arena);
}

static void
nothing_is_freed_without_complaint(void **state)
{
	(void)state;
	arena_free(NULL);
	heap_free(NULL);
	heap_wipe(NULL, 10);
}

static void
heap_grows_and_copies(void **state)
{
	char *text = heap_text("abc", 3);
	uint8_t *bytes = heap_array(3, 5);

	(void)state;
	text = heap_resize(text, 1000);
	assert_string_equal(text, "abc");
	assert_int_equal(bytes[14], 0);
	heap_wipe(text, 1000);
	heap_free(bytes);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(pieces_are_zeroed_aligned_and_apart),
	    cmocka_unit_test(large_pieces_fit),
	    cmocka_unit_test(text_keeps_its_bytes),
	    cmocka_unit_test(format_takes_any_length),
	    cmocka_unit_test(nothing_is_freed_without_complaint),
	    cmocka_unit_test(heap_grows_and_copies),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
