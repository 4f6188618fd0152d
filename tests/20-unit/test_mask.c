/*
 * Masking of NIK, telephone numbers and e-mail addresses: what must go, what
 * must stay, and every disguise we know.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdio.h>

#include "mask_bench.h"

static void
numbers_of_people_go(void **state)
{
	static const struct trial trials[] = {
	    {"NIK 3171234567890123 ya", "NIK [NIK] ya"},
	    {"nik:3175071012900004", "nik:[NIK]"},
	    {"KK 3171 2345 6789 0123.", "KK [NIK]."},
	    {"3171.2345.6789.0123", "[NIK]"},
	    {"3171-2345-6789-0123", "[NIK]"},
	    {"31.71.03.510189.0005", "[NIK]"},
	    {"317103 510189 0005", "[NIK]"},
	    {"31 71 03 51 01 89 00 05", "[NIK]"},
	    {"(3171234567890123)", "([NIK])"},
	    {"KTP3171234567890123KK3171234567890124", "KTP[NIK]KK[NIK]"},
	    {"31712345678901230812", "[NIK]"},
	    {"3 1 7 1 0 3 5 1 0 1 8 9 0 0 0 5", "[NIK]"},
	    {"no ktp: 31710123456700", "no ktp: [NIK]"},
	    {"NIK 3171 0123 456 700", "NIK [NIK]"},
	};

	(void)state;
	TRY(mask_text, trials);
}

static void
telephone_numbers_go(void **state)
{
	static const struct trial trials[] = {
	    {"hubungi 081234567890", "hubungi [telepon]"},
	    {"WA 0812-3456-7890 ya", "WA [telepon] ya"},
	    {"0812 3456 7890", "[telepon]"},
	    {"0812.3456.7890", "[telepon]"},
	    {"0812 345 6789", "[telepon]"},
	    {"0812_3456_7890", "[telepon]"},
	    {"08 12 34 56 78 90", "[telepon]"},
	    {"0 8 1 2 3 4 5 6 7 8 9 0", "[telepon]"},
	    {"0-8-1-2-3-4-5-6-7-8-9-0", "[telepon]"},
	    {"+6281234567890", "[telepon]"},
	    {"+62 812 3456 7890", "[telepon]"},
	    {"+62 812-3456-7890", "[telepon]"},
	    {"+62 812 3456-7890", "[telepon]"},
	    {"(+62) 812 3456 7890", "[telepon]"},
	    {"+62 (0)812 3456 7890", "[telepon]"},
	    {"+ 62 812 3456 7890", "[telepon]"},
	    {"6281234567890", "[telepon]"},
	    {"62 812 3456 7890", "[telepon]"},
	    {"62-812-3456-7890", "[telepon]"},
	    {"006281234567890", "[telepon]"},
	    {"wa.me/6281234567890", "wa.me/[telepon]"},
	    {"81234567890", "[telepon]"},
	    {"812-3456-7890", "[telepon]"},
	    {"O81234567890", "[telepon]"},
	    {"WA081234567890pagi", "WA[telepon]pagi"},
	    {"+65 9123 4567", "[telepon]"},
	    {"x1+6281234567890", "x1[telepon]"},
	    {"(021) 1234567", "[telepon]"},
	    {"021-12345678", "[telepon]"},
	    {"021 1234 5678", "[telepon]"},
	    {"0211234567", "[telepon]"},
	    {"+62 21 1234567", "[telepon]"},
	    {"0251-8321234", "[telepon]"},
	    {"telp 5201234", "telp [telepon]"},
	    {"No. HP: 0812345678", "No. HP: [telepon]"},
	    {"hp 899 1234 567", "hp [telepon]"},
	    {"081234567890, 081234567891", "[telepon], [telepon]"},
	    {"081234567890/081234567891", "[telepon]/[telepon]"},
	    {"081234567890 2 orang", "[telepon] 2 orang"},
	};

	(void)state;
	TRY(mask_text, trials);
}

static void
addresses_go(void **state)
{
	static const struct trial trials[] = {
	    {"budi@gmail.com", "[surel]"},
	    {"Email: Budi.Santoso+crm@mail.jakarta.go.id.", "Email: [surel]."},
	    {"budi@gmail", "[surel]"},
	    {"budi @ gmail.com", "[surel]"},
	    {"budi @gmail.com", "[surel]"},
	    {"budi at gmail dot com", "[surel]"},
	    {"budi(at)gmail.com", "[surel]"},
	    {"budi (at) gmail (dot) com", "[surel]"},
	    {"budi[at]gmail[dot]com", "[surel]"},
	    {"budi {at} gmail titik com", "[surel]"},
	    {"081234567890@yahoo.co.id ok", "[surel] ok"},
	    {"<budi_99@ymail.com>", "<[surel]>"},
	    {"budi@gmail.com.Terima kasih", "[surel].Terima kasih"},
	    {"budi@gmail.com. Terima kasih", "[surel]. Terima kasih"},
	    {"BUDI@GMAIL.COM", "[surel]"},
	    {"a@b.co", "[surel]"},
	};

	(void)state;
	TRY(mask_text, trials);
}

static void
disguises_do_not_help(void **state)
{
	static const struct trial trials[] = {
	    /* full width */
	    {"\xef\xbc\x90\xef\xbc\x98\xef\xbc\x91\xef\xbc\x92\xef\xbc\x93"
	     "\xef\xbc\x94\xef\xbc\x95\xef\xbc\x96\xef\xbc\x97\xef\xbc\x98"
	     "\xef\xbc\x99\xef\xbc\x90",
		"[telepon]"},
	    /* mathematical bold, Arabic-Indic, Javanese, circled */
	    {"\xf0\x9d\x9f\x8e\xf0\x9d\x9f\x96"
	     "1234567890",
		"[telepon]"},
	    {"\xd9\xa0\xd9\xa8\xd9\xa1\xd9\xa2\xd9\xa3\xd9\xa4\xd9\xa5\xd9\xa6"
	     "\xd9\xa7\xd9\xa8",
		"[telepon]"},
	    {"\xea\xa7\x90\xea\xa7\x98"
	     "1234567890",
		"[telepon]"},
	    {"\xe2\x93\xaa\xe2\x91\xa7\xe2\x91\xa0\xe2\x91\xa1"
	     "34567890",
		"[telepon]"},
	    /* keycaps: 0 8 with U+FE0F U+20E3 */
	    {"0\xef\xb8\x8f\xe2\x83\xa3"
	     "8\xef\xb8\x8f\xe2\x83\xa3"
	     "1234567890",
		"[telepon]"},
	    /* zero width between, soft hyphen, combining line */
	    {"08\xe2\x80\x8b"
	     "12\xe2\x80\x8d"
	     "34\xe2\x81\xa0"
	     "56\xef\xbb\xbf"
	     "7890",
		"[telepon]"},
	    {"08\xc2\xad"
	     "1234\xcc\xb6"
	     "567890",
		"[telepon]"},
	    {"0812\xe2\x80\x91"
	     "3456\xe2\x80\x93"
	     "7890",
		"[telepon]"},
	    {"0812\xc2\xa0"
	     "3456\xe2\x80\x89"
	     "7890",
		"[telepon]"},
	    {"3171\xe2\x80\xae"
	     "234567890123",
		"[NIK]"},
	    /* entities */
	    {"&#48;&#56;1234567890", "[telepon]"},
	    {"&#x30;&#X38;1234567890", "[telepon]"},
	    {"&amp;#48;81234567890", "[telepon]"},
	    {"&#00048;81234567890", "[telepon]"},
	    {"0812&nbsp;3456&nbsp;7890", "[telepon]"},
	    {"0812&#8203;34567890", "[telepon]"},
	    {"0812&zwnj;34567890", "[telepon]"},
	    {"budi&#64;gmail&#46;com", "[surel]"},
	    {"budi&commat;gmail&period;com", "[surel]"},
	    /* fancy letters and signs in addresses */
	    {"budi\xef\xbc\xa0gmail\xef\xbc\x8e"
	     "com",
		"[surel]"},
	    {"budi\xef\xb9\xab"
	     "gmail.com",
		"[surel]"},
	    {"\xf0\x9d\x92\xb7\xf0\x9d\x93\x8a\xf0\x9d\x92\xb9\xf0\x9d\x92\xbe"
	     "@\xf0\x9d\x97\x80\xf0\x9d\x97\x86\xf0\x9d\x96\xba\xf0\x9d\x97\x82"
	     "\xf0\x9d\x97\x85.com",
		"[surel]"},
	    {"b\xe2\x80\x8bu\xe2\x80\x8b"
	     "di@g\xe2\x80\x8bmail.com",
		"[surel]"},
	};

	(void)state;
	TRY(mask_text, trials);
}

static void
what_officers_need_stays(void **state)
{
	static const char *const texts[] = {
	    "",
	    "Lampu jalan mati di depan rumah no. 12 RT 005/RW 08",
	    "JK2306180342 belum ditindaklanjuti",
	    "lihat laporan JK2503050007, jk23061803421 dan JK0812345678",
	    "tanggal 18-06-2023 pukul 08.00",
	    "08-12-2023 10.30 WIB",
	    "2023-12-08 08:12:34",
	    "01/02/2023 10.30",
	    "02-12-2023 10:30",
	    "jam 08.00-17.00 setiap hari",
	    "08.00 - 10.00 - 12.00",
	    "08.00-12.00 13.00-17.00",
	    "hubungi 08.00-17.00",
	    "Rp 1.500.000 per bulan",
	    "Rp1.500.000.000",
	    "rp. 8123456789",
	    "biaya 812.345.678",
	    "harga 62.812.345.678",
	    "sampah 500 kg, 3 m, 10 rb",
	    "-6.2088, 106.8456",
	    "koordinat -6.208763 106.845599",
	    "koordinat -6.2087634, 106.8455992",
	    "31.75.07.1003 Klender",
	    "Jl. Jend. Sudirman Kav. 52-53",
	    "telepon 112 atau 119, call center 1500406",
	    "Transjakarta 6A dan bus B 1234 ABC",
	    "kode pos 13470, blok C 12 no 5",
	    "@dishub_dki mohon ditindak, cc @dkijakarta",
	    "admin @dkijakarta tolong",
	    "lihat di jakarta.go.id atau www.jakarta.go.id/a",
	    "mulai 2019 2020 2021 2022 2023",
	    "RT 001 002 003 004",
	    "025 026 027 028",
	    "100 200 300 400 500",
	    "A & B; &lt;b&gt; &#169; &unknown; &#; &#x; &",
	    "\xf0\x9f\x98\x80 emoji \xe2\x80\x8b kosong",
	    "nama saya Budi",
	};
	size_t at;

	(void)state;
	for (at = 0; at < sizeof(texts) / sizeof(texts[0]); at++) {
		struct trial trial = {texts[at], texts[at]};

		try(mask_text, &trial);
	}
}

static void
nothing_is_left_of_the_length(void **state)
{
	static const struct trial trials[] = {
	    {"a 0812345678 b", "a [telepon] b"},
	    {"a 0812345678901 b", "a [telepon] b"},
	    {"x@y.id", "[surel]"},
	    {"avery.long.address.of.someone@mail.example.co.id", "[surel]"},
	};

	(void)state;
	TRY(mask_text, trials);
}

/* Real reports, where they are: there is no personal data in them. */
static void
real_texts_stay(void **state)
{
	static char text[256 * 1024];
	FILE *file = fopen("../shared/data/crm_reports_sample_2023.csv", "r");
	struct buf out;
	size_t len;

	(void)state;
	if (file == NULL)
		skip();
	len = fread(text, 1, sizeof(text), file);
	(void)fclose(file);
	assert_in_range(len, 10000, sizeof(text) - 1);
	buf_init(&out, 3 * len);
	assert_int_equal(mask_text(&out, text, len), 0);
	assert_int_equal(out.len, len);
	assert_memory_equal(out.data, text, len);
	buf_clear(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(numbers_of_people_go),
	    cmocka_unit_test(telephone_numbers_go),
	    cmocka_unit_test(addresses_go),
	    cmocka_unit_test(disguises_do_not_help),
	    cmocka_unit_test(what_officers_need_stays),
	    cmocka_unit_test(nothing_is_left_of_the_length),
	    cmocka_unit_test(real_texts_stay),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
