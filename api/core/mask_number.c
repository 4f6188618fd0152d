/*
 * Digits are read in groups with small gaps; then the questions are: is it a
 * date, a price, a ticket; a NIK; a telephone number, and of how many groups.
 *
 * SPDX-License-Identifier: ISC
 */
#include "core/mask_number.h"

#include <string.h>

#define GROUPS_MAX 20
#define DIGITS_MAX 40
#define GAP_MAX    3

#define NIK_DIGITS       16
#define PHONE_DIGITS_MAX 15

/* Words before a number that say what it is. */
static const char *const nik_words[] = {"nik", "ktp", "kk", "npwp", NULL};
static const char *const phone_words[] = {"hp", "hape", "wa", "whatsapp", "tel",
    "telp", "telpon", "telepon", "tlp", "tlpn", "phone", "call", "hub",
    "hubungi", "kontak", "contact", "seluler", "ponsel", "sms", "telegram",
    NULL};

struct run {
	size_t groups;
	size_t start[GROUPS_MAX]; /* cells */
	size_t len[GROUPS_MAX]; /* digits */
	char gap[GROUPS_MAX]; /* before the group: its first sign */
	char digit[DIGITS_MAX + 1]; /* all of them, NUL-terminated */
	bool is_international; /* "+" or 00 in front, not in digit */
	char before[12]; /* the word before */
};

static bool
is_gap(char c)
{
	return c == ' ' || c == '\t' || c == '.' || c == '-' || c == '_' ||
	    c == '(' || c == ')';
}

/* The digit at a cell; the letter O counts where a 0 begins 08. */
static char
digit_at(const struct mask_cells *cells, size_t at, bool is_first)
{
	char c = mask_cells_at(cells, at);

	if (mask_cells_is_digit(c))
		return c;
	if (is_first && (c == 'o' || c == 'O') &&
	    !mask_cells_is_letter(mask_cells_at(cells, at - 1)) &&
	    mask_cells_at(cells, at + 1) == '8')
		return '0';
	return '\0';
}

/* Reads the groups from a cell that is a digit. */
static void
run_read(struct run *run, const struct mask_cells *cells, size_t at)
{
	size_t total = 0, gap;
	char c;

	run->groups = 0;
	while (run->groups < GROUPS_MAX && total < DIGITS_MAX) {
		size_t group = run->groups;

		run->start[group] = at;
		c = digit_at(cells, at, group == 0);
		while (c != '\0') {
			if (total < DIGITS_MAX)
				run->digit[total++] = c;
			at++;
			c = digit_at(cells, at, false);
		}
		run->len[group] = at - run->start[group];
		run->groups++;
		for (gap = 0; gap <= GAP_MAX; gap++) {
			if (!is_gap(mask_cells_at(cells, at + gap)))
				break;
		}
		if (gap == 0 || gap > GAP_MAX ||
		    digit_at(cells, at + gap, false) == '\0')
			break;
		if (run->groups < GROUPS_MAX)
			run->gap[run->groups] = mask_cells_at(cells, at);
		at += gap;
	}
	run->digit[total] = '\0';
}

/* Digits of the first groups. */
static size_t
digits_of(const struct run *run, size_t groups)
{
	size_t at, total = 0;

	for (at = 0; at < groups; at++)
		total += run->len[at];
	return total;
}

/* Two digits as a number. */
static int
pair(const char *digit)
{
	return (digit[0] - '0') * 10 + digit[1] - '0';
}

/* The first half of a year. */
static bool
is_year(int century)
{
	return century == 19 || century == 20;
}

/*
 * 6 digits of place (province 11-97, regency not 00), date (day plus 40 for
 * women), month, year, serial.
 */
static bool
is_nik(const char *digit)
{
	int day = pair(digit + 6), month = pair(digit + 8);

	if (day > 40)
		day -= 40;
	return pair(digit) >= 11 && pair(digit) <= 97 && pair(digit + 2) != 0 &&
	    day >= 1 && day <= 31 && month >= 1 && month <= 12;
}

/*
 * Whether 16 digits are grouped as people write a NIK, not as in
 * "2019 2020 2021 2022" or "6.208763 106.845599" (odd groups).
 */
static bool
is_nik_spelling(const struct run *run, size_t groups)
{
	bool is_card = true, is_years = true, is_even = true, is_single = true;
	size_t at;

	for (at = 0; at < groups; at++) {
		is_card = is_card && run->len[at] == 4;
		is_years =
		    is_years && is_card && is_year(pair(run->digit + 4 * at));
		is_even = is_even && run->len[at] % 2 == 0;
		is_single = is_single && run->len[at] == 1;
	}
	return (is_card && !is_years) ||
	    ((is_even || is_single) && is_nik(run->digit));
}

/* Groups that make a NIK or KK, 0 for none. */
static size_t
nik_groups(const struct run *run)
{
	size_t groups = 1;

	if (run->len[0] >= NIK_DIGITS)
		return 1;
	if (mask_cells_is_listed(run->before, nik_words)) {
		while (groups < run->groups && digits_of(run, groups) < 16)
			groups++;
		if (digits_of(run, groups) >= 12)
			return groups;
	}
	for (groups = 1; groups < run->groups; groups++) {
		if (digits_of(run, groups) >= NIK_DIGITS)
			break;
	}
	if (digits_of(run, groups) != NIK_DIGITS ||
	    !is_nik_spelling(run, groups))
		return 0;
	return groups;
}

/* 18-06-2023, 2023.06.18 */
static bool
is_date(const struct run *run)
{
	const size_t *len = run->len;
	int century;

	if (run->groups < 3)
		return false;
	if (len[0] <= 2 && len[1] <= 2 && len[2] == 4)
		century = pair(run->digit + len[0] + len[1]);
	else if (len[0] == 4 && len[1] <= 2 && len[2] <= 2)
		century = pair(run->digit);
	else
		return false;
	return is_year(century);
}

/* 1.500.000: at most three digits, then threes; no 0 in front. */
static bool
is_price(const struct run *run)
{
	size_t at;

	if (strcmp(run->before, "rp") == 0 || strcmp(run->before, "idr") == 0)
		return true;
	if (run->groups < 2 || run->len[0] > 3 || run->digit[0] == '0')
		return false;
	for (at = 1; at < run->groups; at++) {
		if (run->gap[at] != '.')
			break;
		if (run->len[at] != 3)
			return false;
	}
	return at > 1;
}

/*
 * The first groups that have min to max digits: the fewest, then more of two
 * digits up while the gap stays the same.
 */
static size_t
fit(const struct run *run, size_t min, size_t max)
{
	size_t groups = 1, total = run->len[0];

	while (total < min && groups < run->groups)
		total += run->len[groups++];
	if (total < min || total > max)
		return 0;
	while (groups > 1 && groups < run->groups && run->len[groups] > 1 &&
	    run->gap[groups] == run->gap[groups - 1] &&
	    total + run->len[groups] <= max)
		total += run->len[groups++];
	return groups;
}

/* 08 12 34 56 78 90, or one by one: small groups, the same gap, 10 to 13. */
static size_t
small_groups(const struct run *run)
{
	size_t groups, total = run->len[0];

	for (groups = 1; groups < run->groups; groups++) {
		if (run->len[groups] > 2 || total + run->len[groups] > 13 ||
		    (groups > 1 && run->gap[groups] != run->gap[1]))
			break;
		total += run->len[groups];
	}
	return total >= 10 && run->len[0] <= 2 ? groups : 0;
}

/* Area codes of three digits are few; those of four only have a shape. */
static bool
is_area_code(const char *digit, size_t len)
{
	static const char *const codes[] = {
	    "021", "022", "024", "031", "061", NULL};
	size_t at;

	if (len == 4)
		return digit[1] >= '2' && digit[1] != '8';
	for (at = 0; codes[at] != NULL; at++) {
		if (len == 3 && memcmp(digit, codes[at], 3) == 0)
			return true;
	}
	return false;
}

static bool
starts_mobile(const char *digit)
{
	return digit[0] == '8' && digit[1] >= '1' && digit[1] <= '9';
}

/* Numbers that begin with 0. */
static size_t
national_groups(const struct run *run)
{
	const char *digit = run->digit;
	size_t groups;

	if (starts_mobile(digit + 1)) {
		if (run->len[0] <= 2 && run->groups > 1 && run->len[1] <= 2)
			return small_groups(run);
		if (is_date(run))
			return 0;
		groups = fit(run, 10, run->len[0] > 13 ? PHONE_DIGITS_MAX : 13);
		return groups != 0 ? groups : fit(run, 9, 9);
	}
	if (digit[1] < '2' || digit[1] == '8')
		return 0;
	if (run->len[0] >= 9 && run->len[0] <= 13)
		return 1;
	return is_area_code(digit, run->len[0]) ? fit(run, 9, 12) : 0;
}

/* Numbers that begin with 62 or, without anything, with 8. */
static size_t
bare_groups(const struct run *run)
{
	const char *digit = run->digit;

	if (is_price(run) || is_date(run))
		return 0;
	if (digit[0] == '6' && digit[1] == '2' && run->len[0] >= 2 &&
	    (starts_mobile(digit + 2) || memcmp(digit + 2, "21", 2) == 0 ||
		memcmp(digit + 2, "08", 2) == 0))
		return fit(run, 11, PHONE_DIGITS_MAX);
	if (!starts_mobile(digit))
		return 0;
	if (run->len[0] >= 9 && run->len[0] <= 13)
		return 1;
	if (run->len[0] != 3 && run->len[0] != 4)
		return 0;
	return run->groups > 1 && run->len[1] >= 3 ? fit(run, 10, 12) : 0;
}

static size_t
phone_groups(const struct run *run)
{
	size_t groups = 0;

	if (run->is_international) {
		groups = fit(run, 10, PHONE_DIGITS_MAX);
		return groups != 0 ? groups : fit(run, 8, PHONE_DIGITS_MAX);
	}
	if (run->digit[0] == '0')
		groups = national_groups(run);
	else if (strlen(run->digit) >= 9)
		groups = bare_groups(run);
	/* Not "hubungi 08.00-17.00": a first group of two is a time. */
	if (groups == 0 && run->len[0] > 2 && !is_date(run) && !is_price(run) &&
	    mask_cells_is_listed(run->before, phone_words))
		groups = fit(run, 6, PHONE_DIGITS_MAX);
	return groups;
}

/* JK2306180342: the city's own ticket, which people quote. */
static bool
is_ticket(const struct run *run, const struct mask_cells *cells)
{
	size_t start = run->start[0];

	return run->len[0] >= 10 && run->len[0] <= 12 && start >= 2 &&
	    mask_cells_reads(cells, start - 2, "jk") &&
	    !mask_cells_is_letter(mask_cells_at(cells, start - 3));
}

/* Skips "+", "(+", "00" in front of a country code; where the digits begin. */
static size_t
skip_prefix(struct run *run, const struct mask_cells *cells, size_t at)
{
	run->is_international = false;
	if (mask_cells_at(cells, at) == '(')
		at++;
	if (mask_cells_at(cells, at) == '+') {
		run->is_international = true;
		at++;
		while (is_gap(mask_cells_at(cells, at)) &&
		    mask_cells_at(cells, at + 1) != ' ')
			at++;
	} else if (mask_cells_reads(cells, at, "0062")) {
		run->is_international = true;
		at += 2;
	}
	return at;
}

size_t
mask_number(const char **token, const struct mask_cells *cells, size_t at)
{
	struct run run;
	size_t groups, start = at, last;
	char before = mask_cells_at(cells, at - 1);

	/* Inside a group of digits nothing begins; "+" has had its turn. */
	if (mask_cells_is_digit(mask_cells_at(cells, at)) &&
	    (mask_cells_is_digit(before) || before == '+'))
		return 0;
	at = skip_prefix(&run, cells, at);
	if (digit_at(cells, at, true) == '\0')
		return 0;
	run_read(&run, cells, at);
	(void)mask_cells_word_before(
	    cells, start, run.before, sizeof(run.before));
	if (is_ticket(&run, cells))
		return 0;
	*token = "[NIK]";
	groups = nik_groups(&run);
	if (groups == 0) {
		*token = "[telepon]";
		groups = phone_groups(&run);
	}
	/* "(021) 555": the bracket belongs to it when it closes inside. */
	if (groups == 0 ||
	    (mask_cells_at(cells, start) == '(' &&
		(groups == 1 || run.gap[1] != ')')))
		return 0;
	last = groups - 1;
	return run.start[last] + run.len[last] - start;
}
