/*
 * The name of who sent a text, where it signs it.
 *
 * SPDX-License-Identifier: ISC
 */
#include "mask_bench.h"

#include "core/mask_sender.h"

static const char *sender;

static size_t
mask(struct buf *out, const char *text, size_t len)
{
	return mask_sender(out, text, len, sender);
}

static void
whole_names_go_anywhere(void **state)
{
	static const struct trial trials[] = {
	    {"Jalan rusak.\n\n-- \nBudi Santoso",
		"Jalan rusak.\n\n-- \n[nama]"},
	    {"Saya budi  santoso, RT 03", "Saya [nama], RT 03"},
	    {"BUDI\tSANTOSO melapor", "[nama] melapor"},
	    {"(Budi Santoso)(Budi Santoso)", "([nama])([nama])"},
	    {"Budi Santosoo dan Abudi Santoso",
		"Budi Santosoo dan Abudi Santoso"},
	    {"Budi\nSantoso", "Budi\nSantoso"},
	    {"Budi", "Budi"},
	    {"", ""},
	};

	(void)state;
	sender = " \"Budi Santoso\" ";
	TRY(mask, trials);
}

static void
single_names_go_where_they_sign(void **state)
{
	static const struct trial trials[] = {
	    {"Pohon di Taman Melati tumbang", "Pohon di Taman Melati tumbang"},
	    {"Pohon tumbang\n\nSalam,\nMelati",
		"Pohon tumbang\n\nSalam,\n[nama]"},
	    {"Pohon tumbang\n - melati -\nRT 03",
		"Pohon tumbang\n - [nama] -\nRT 03"},
	    {"Melati", "[nama]"},
	};

	(void)state;
	sender = "Melati";
	TRY(mask, trials);
}

static void
accents_and_dots_are_part_of_it(void **state)
{
	static const struct trial trials[] = {
	    {"\xc3\x89lan M. Putri", "[nama]"},
	    {"x\xc3\x89lan M. Putri", "x\xc3\x89lan M. Putri"},
	    {"\xc3\x89lan M. Putri\xc3\xa9", "\xc3\x89lan M. Putri\xc3\xa9"},
	};

	(void)state;
	sender = "\xc3\x89lan M. Putri";
	TRY(mask, trials);
}

static void
nobody_is_masked_without_a_name(void **state)
{
	static const char *const names[] = {NULL, "", " ", "-", "Al", "\n"};
	static const struct trial trials[] = {{"Al\n-\nx", "Al\n-\nx"}};

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		sender = names[i];
		TRY(mask, trials);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(whole_names_go_anywhere),
	    cmocka_unit_test(single_names_go_where_they_sign),
	    cmocka_unit_test(accents_and_dots_are_part_of_it),
	    cmocka_unit_test(nobody_is_masked_without_a_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
