/*
 * What the public does not see besides: vehicle plates and names that
 * introduce themselves.
 *
 * SPDX-License-Identifier: ISC
 */
#include "mask_bench.h"

static void
plates_go(void **state)
{
	static const struct trial trials[] = {
	    {"mobil B 1234 ABC parkir", "mobil [plat] parkir"},
	    {"B1234ABC", "[plat]"},
	    {"B-1234-ABC", "[plat]"},
	    {"B.1234.ABC", "[plat]"},
	    {"b 1234 xyz", "[plat]"},
	    {"b1234xyz", "[plat]"},
	    {"B 12 AB", "[plat]"},
	    {"AD 4321 XY dan AB 1 C", "[plat] dan [plat]"},
	    {"B 1234 di trotoar", "[plat] di trotoar"},
	    {"plat B 1234", "plat [plat]"},
	    {"nopol b 99", "nopol [plat]"},
	    {"no pol: F 1234", "no pol: [plat]"},
	    {"(B 1234 ABC)", "([plat])"},
	    {"B 1234 ABC, B 4321 CBA", "[plat], [plat]"},
	    {"\xef\xbc\xa2\xe3\x80\x80\xef\xbc\x91\xef\xbc\x92\xef\xbc\x93"
	     "\xef\xbc\x94\xe3\x80\x80\xef\xbc\xa1\xef\xbc\xa2",
		"[plat]"},
	    {"B\xe2\x80\x8b 12\xe2\x80\x8b"
	     "34 ABC",
		"[plat]"},
	};

	(void)state;
	TRY(mask_public, trials);
}

static void
names_go(void **state)
{
	static const struct trial trials[] = {
	    {"Nama saya Budi Santoso, warga RT 05",
		"Nama saya [nama], warga RT 05"},
	    {"nama saya budi santoso ingin lapor",
		"nama saya [nama] ingin lapor"},
	    {"nama saya adalah Siti", "nama saya adalah [nama]"},
	    {"Perkenalkan, nama saya Siti Nur Aisyah Putri dari Klender",
		"Perkenalkan, nama saya [nama] dari Klender"},
	    {"perkenalkan saya Joko", "perkenalkan saya [nama]"},
	    {"atas nama Ibu Hj. Siti Rohmah", "atas nama [nama]"},
	    {"a.n. M. Yusuf", "a.n. [nama]"},
	    {"a/n Budi", "a/n [nama]"},
	    {"Nama: Budi\nAlamat: Jl. Mawar",
		"Nama: [nama]\nAlamat: Jl. Mawar"},
	    {"NAMA SAYA BUDI SANTOSO MELAPORKAN JALAN RUSAK",
		"NAMA SAYA [nama] MELAPORKAN JALAN RUSAK"},
	    {"nama saya Budi hp 081234567890 plat B 1 A",
		"nama saya [nama] hp [telepon] plat [plat]"},
	    {"\xf0\x9d\x90\xa7\xf0\x9d\x90\x9a\xf0\x9d\x90\xa6\xf0\x9d\x90\x9a"
	     " saya Budi",
		"\xf0\x9d\x90\xa7\xf0\x9d\x90\x9a\xf0\x9d\x90\xa6\xf0\x9d\x90"
		"\x9a saya [nama]"},
	};

	(void)state;
	TRY(mask_public, trials);
}

static void
the_rest_stays(void **state)
{
	static const char *const texts[] = {
	    "blok D 12 no 5",
	    "Blok B 1234",
	    "Gang H 3 RT 05",
	    "rt 5 rw 8 no 12 di ujung",
	    "a 2 di sini",
	    "lantai B 2 dan tower A 12 kamar",
	    "jalan panjang 100 m di depan",
	    "nama jalan ini Kebon Jeruk",
	    "atas nama warga RT 05 kami mohon",
	    "atas nama pemerintah",
	    "nama saya tidak usah ditulis",
	    "namanya pohon trembesi",
	    "nama saya",
	    "JK2306180342",
	    "koridor 6A, pasal 27 ayat 3",
	};
	size_t at;

	(void)state;
	for (at = 0; at < sizeof(texts) / sizeof(texts[0]); at++) {
		struct trial trial = {texts[at], texts[at]};

		try(mask_public, &trial);
	}
}

static void
the_public_gets_the_other_masks_too(void **state)
{
	static const struct trial trials[] = {
	    {"3171234567890123 budi@gmail.com", "[NIK] [surel]"},
	    {"B 1234 ABC 081234567890", "[plat] [telepon]"},
	};

	(void)state;
	TRY(mask_public, trials);
}

static void
officers_see_plates_and_names(void **state)
{
	static const struct trial trials[] = {
	    {"nama saya Budi B 1234 ABC 0812345678",
		"nama saya Budi B 1234 ABC [telepon]"},
	};

	(void)state;
	TRY(mask_text, trials);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(plates_go),
	    cmocka_unit_test(names_go),
	    cmocka_unit_test(the_rest_stays),
	    cmocka_unit_test(the_public_gets_the_other_masks_too),
	    cmocka_unit_test(officers_see_plates_and_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
