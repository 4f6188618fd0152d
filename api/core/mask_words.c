/*
 * Lists of prefixes and words, with what tells a plate from a house number.
 *
 * SPDX-License-Identifier: ISC
 */
#include "core/mask_words.h"

#include <string.h>

#define WORD_MAX       24
#define NAME_WORDS_MAX 4

/* clang-format off */
static const char *const plate_prefixes[] = {
	"a", "b", "d", "e", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t",
	"w", "z", "aa", "ab", "ad", "ae", "ag", "ba", "bb", "bd", "be", "bg", "bh",
	"bk", "bl", "bm", "bn", "bp", "cc", "cd", "da", "db", "dc", "dd", "de",
	"df", "dg", "dh", "dk", "dl", "dm", "dn", "dp", "dr", "ds", "dt", "ea",
	"eb", "ed", "kb", "kh", "kt", "ku", "pa", "pb", "pg", "ps", "ri", NULL,
};
/* Short words that follow a number without being part of a plate. */
static const char *const not_suffixes[] = {
	"ada", "am", "an", "bh", "cm", "cs", "dan", "dg", "di", "dll", "dpn", "dr",
	"gg", "ini", "itu", "jam", "jl", "jln", "jt", "jta", "ke", "kg", "kk", "km",
	"kwh", "lt", "m", "mau", "mm", "no", "nya", "org", "pas", "pcs", "pd", "pm",
	"rb", "rt", "rw", "s", "sd", "sdh", "sd", "tdk", "tgl", "th", "thn", "unit",
	"utk", "wib", "yg", "ya", NULL,
};
/* Before a letter and number that is a block, a floor, a gate. */
static const char *const not_before[] = {
	"blok", "block", "gang", "gg", "gate", "gedung", "golongan", "jalur", "kav",
	"kavling", "kelas", "kelompok", "koridor", "lantai", "lt", "no", "nomor",
	"peron", "pintu", "pos", "rt", "rumah", "rw", "seksi", "seri", "sektor",
	"tipe", "tower", "type", "unit", "zona", NULL,
};
static const char *const plate_words[] = {
	"plat", "plate", "nopol", "polisi", "pol", "nopolisi", "tnkb", NULL,
};
/* What introduces a name; longest first, so that "nama saya" beats "nama". */
static const char *const name_words[] = {
	"perkenalkan nama saya", "perkenalkan saya", "nama lengkap saya",
	"nama lengkap", "nama pelapor", "nama saya", "nama sy", "nama aku",
	"nama gue", "nama gw", "nama ku", "namaku", "saya bernama", "atas nama",
	"a/n", "a.n.", "a.n", "nama:", "nama :", "pelapor:", "pelapor :",
	"ttd,", "ttd", "my name is", NULL,
};
/* Between the introduction and the name. */
static const char *const fillers[] = {"adalah", "ialah", "yaitu", "is", NULL};
static const char *const titles[] = {
	"bapak", "bpk", "pak", "ibu", "bu", "sdr", "sdri", "saudara", "saudari",
	"tuan", "nyonya", "ny", "tn", "nn", "mas", "mbak", "h", "hj", "dr", "drs",
	"ir", "kh", NULL,
};
/* Words that end a name, or show that none came. */
static const char *const not_names[] = {
	"ada", "agar", "akan", "alamat", "anak", "apa", "asal", "baik", "belum",
	"berdomisili", "cv", "dan", "dari", "dengan", "di", "dinas", "dki", "dgn",
	"hendak", "ingin", "ini", "itu", "izin", "jalan", "jl", "juga", "kami",
	"ke", "kelurahan", "keluarga", "kepada", "kk", "komunitas", "ktp", "lapor",
	"lingkungan", "masyarakat", "mau", "melapor", "melaporkan", "mewakili",
	"minta", "mohon", "no", "nomor", "pelapor", "pemerintah", "pemilik",
	"pemprov", "penduduk", "penghuni", "perusahaan", "pt", "rakyat", "rt",
	"rumah", "rw", "saya", "sebagai", "selaku", "seluruh", "semua", "sudah",
	"tempat", "tidak", "tinggal", "tolong", "umat", "untuk", "usia", "warga",
	"yang", "yayasan", "yg", "mengeluhkan", "mengadukan", "bermaksud", "perihal",
	NULL,
};
/* clang-format on */

static bool
is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

/* A word in lower case; the cell after it. Longer words come cut. */
static size_t
take_word(char out[WORD_MAX + 1], const struct mask_cells *cells, size_t at)
{
	size_t len = 0;
	char c = mask_cells_at(cells, at);

	while (mask_cells_is_letter(c) || (len > 0 && c == '\'')) {
		if (len < WORD_MAX)
			out[len] = is_upper(c) ? (char)(c | 32) : c;
		len++;
		at++;
		c = mask_cells_at(cells, at);
	}
	out[len < WORD_MAX ? len : WORD_MAX] = '\0';
	return at;
}

/* At most two spaces, dots or dashes. */
static size_t
skip_gap(const struct mask_cells *cells, size_t at)
{
	size_t skipped;

	for (skipped = 0; skipped < 2; skipped++) {
		char c = mask_cells_at(cells, at);

		if (at >= cells->count ||
		    (c != ' ' && c != '.' && c != '-' && c != '_'))
			break;
		at++;
	}
	return at;
}

/* What was found of a plate. */
struct plate {
	bool is_upper; /* all letters are capitals */
	bool has_gaps;
	size_t digits;
	char suffix[WORD_MAX + 1];
	char before[WORD_MAX + 1];
};

static bool
is_plate(const struct plate *plate)
{
	size_t suffix_len = strlen(plate->suffix);
	bool is_named = mask_cells_is_listed(plate->before, plate_words);

	if (plate->digits < 1 || plate->digits > 4 || suffix_len > 3)
		return false;
	if (is_named)
		return true;
	if (mask_cells_is_listed(plate->before, not_before))
		return false;
	if (suffix_len == 0)
		return plate->is_upper && plate->digits == 4;
	return plate->is_upper || plate->digits >= 3 || !plate->has_gaps;
}

size_t
mask_words_plate(const struct mask_cells *cells, size_t at)
{
	struct plate plate = {.is_upper = true};
	char prefix[WORD_MAX + 1];
	size_t start = at, next, digits_end, n;

	if (mask_cells_is_letter(mask_cells_at(cells, at - 1)) ||
	    mask_cells_is_digit(mask_cells_at(cells, at - 1)))
		return 0;
	at = take_word(prefix, cells, at);
	if (!mask_cells_is_listed(prefix, plate_prefixes))
		return 0;
	next = skip_gap(cells, at);
	plate.has_gaps = next != at;
	for (at = next; mask_cells_is_digit(mask_cells_at(cells, at)); at++)
		plate.digits++;
	digits_end = at;
	next = skip_gap(cells, at);
	at = take_word(plate.suffix, cells, next);
	/* A longer or listed word is the next word of the sentence. */
	if (at - next > 3 || at == next ||
	    (next != digits_end &&
		mask_cells_is_listed(plate.suffix, not_suffixes))) {
		plate.suffix[0] = '\0';
		at = digits_end;
	} else {
		plate.has_gaps = plate.has_gaps || next != digits_end;
	}
	for (n = start; n < at; n++) {
		if (mask_cells_is_letter(mask_cells_at(cells, n)) &&
		    !is_upper(mask_cells_at(cells, n)))
			plate.is_upper = false;
	}
	(void)mask_cells_word_before(
	    cells, start, plate.before, sizeof(plate.before));
	return is_plate(&plate) ? at - start : 0;
}

/* Cells of the introduction that starts here, 0 for none. */
static size_t
introduction(const struct mask_cells *cells, size_t at)
{
	size_t n, len;

	if (mask_cells_is_letter(mask_cells_at(cells, at - 1)))
		return 0;
	for (n = 0; name_words[n] != NULL; n++) {
		len = strlen(name_words[n]);
		if (mask_cells_reads(cells, at, name_words[n]) &&
		    !(mask_cells_is_letter(
			  mask_cells_at(cells, at + len - 1)) &&
			mask_cells_is_letter(mask_cells_at(cells, at + len))))
			return len;
	}
	return 0;
}

/* Spaces and the signs that stand between: "nama saya : Budi". */
static size_t
skip_signs(const struct mask_cells *cells, size_t at)
{
	size_t skipped;

	for (skipped = 0; skipped < 6 && at < cells->count; skipped++, at++) {
		char c = mask_cells_at(cells, at);

		if (c != ' ' && c != '\t' && c != ':' && c != '=' && c != ',' &&
		    c != '-' && c != '.' && c != '"' && c != '*')
			break;
	}
	return at;
}

/* The cell after the words of a name, or at when there is none. */
static size_t
take_name(const struct mask_cells *cells, size_t at)
{
	char word[WORD_MAX + 1];
	bool is_capital = is_upper(mask_cells_at(cells, at));
	size_t end = at, next = at, words = 0, max;

	max = is_capital ? NAME_WORDS_MAX : 2;
	while (words < max) {
		size_t after = take_word(word, cells, next);

		if (after == next || mask_cells_is_listed(word, not_names) ||
		    (is_capital && !is_upper(mask_cells_at(cells, next))))
			break;
		end = after;
		words += !mask_cells_is_listed(word, titles);
		next = after;
		/* "M. Yusuf", "Hj. Siti" */
		if (mask_cells_at(cells, next) == '.' && strlen(word) <= 3)
			next++;
		if (mask_cells_at(cells, next) == ' ')
			next++;
	}
	return end;
}

size_t
mask_words_name(size_t *name_len, const struct mask_cells *cells, size_t at)
{
	char word[WORD_MAX + 1];
	size_t start = at, next;

	next = introduction(cells, at);
	if (next == 0)
		return 0;
	at = skip_signs(cells, at + next);
	next = take_word(word, cells, at);
	if (mask_cells_is_listed(word, fillers))
		at = skip_signs(cells, next);
	*name_len = take_name(cells, at) - at;
	return *name_len == 0 ? 0 : at - start;
}
