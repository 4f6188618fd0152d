/*
 * Dates by arithmetic (days since 1970 in the proleptic Gregorian calendar):
 * the library's functions read zone files, which a jailed worker may not.
 *
 * SPDX-License-Identifier: ISC
 */
#include "core/clock.h"

#include <stdbool.h>
#include <string.h>
#include <time.h>

#include "core/check.h"

#define CLOCK_DAY_S 86400
/* 9999-12-31T23:59:59.999999Z */
#define CLOCK_US_MAX INT64_C(253402300799999999)

struct moment {
	int year, month, day;
	int hour, minute, second;
	int64_t fraction_us;
	int offset_s; /* east of Greenwich */
};

static int64_t
read_ms(clockid_t clock)
{
	struct timespec now;

	must(clock_gettime(clock, &now) == 0, "the machine has a clock");
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t
clock_now_ms(void)
{
	return read_ms(CLOCK_REALTIME);
}

int64_t
clock_mono_ms(void)
{
	return read_ms(CLOCK_MONOTONIC);
}

/* Days since 1970-01-01; March is the first month, so leap days come last. */
static int64_t
days_of(int year, int month, int day)
{
	int64_t y = month > 2 ? year : year - 1;
	int64_t era = y / 400, year_of_era = y - era * 400;
	int64_t day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;

	return era * 146097 + year_of_era * 365 + year_of_era / 4 -
	    year_of_era / 100 + day_of_year - 719468;
}

static void
date_of(struct moment *out, int64_t days)
{
	int64_t shifted = days + 719468;
	int64_t era = shifted / 146097, day_of_era = shifted - era * 146097;
	int64_t year_of_era = (day_of_era - day_of_era / 1460 +
				  day_of_era / 36524 - day_of_era / 146096) /
	    365;
	int64_t day_of_year = day_of_era -
	    (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int64_t month = (5 * day_of_year + 2) / 153;

	out->day = (int)(day_of_year - (153 * month + 2) / 5 + 1);
	out->month = (int)(month < 10 ? month + 3 : month - 9);
	out->year = (int)(year_of_era + era * 400 + (out->month <= 2));
}

static int
month_days(int year, int month)
{
	static const int days[] = {
	    31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return days[month - 1] + (month == 2 && is_leap);
}

/* Reads exactly count digits and moves on. */
static bool
take_digits(int *out, size_t count, const char **at, const char *end)
{
	int value = 0;

	if ((size_t)(end - *at) < count)
		return false;
	for (; count > 0; count--, (*at)++) {
		if (**at < '0' || **at > '9')
			return false;
		value = value * 10 + (**at - '0');
	}
	*out = value;
	return true;
}

static bool
take_char(char c, const char **at, const char *end)
{
	if (*at == end || **at != c)
		return false;
	(*at)++;
	return true;
}

/* YYYY-MM-DD, the separator, HH:MM:SS, each in its range. */
static bool
take_date_time(
    struct moment *out, char separator, const char **at, const char *end)
{
	if (!take_digits(&out->year, 4, at, end) || !take_char('-', at, end) ||
	    !take_digits(&out->month, 2, at, end) || !take_char('-', at, end) ||
	    !take_digits(&out->day, 2, at, end) ||
	    !take_char(separator, at, end) ||
	    !take_digits(&out->hour, 2, at, end) || !take_char(':', at, end) ||
	    !take_digits(&out->minute, 2, at, end) ||
	    !take_char(':', at, end) || !take_digits(&out->second, 2, at, end))
		return false;
	return out->year >= 1 && out->month >= 1 && out->month <= 12 &&
	    out->day >= 1 && out->day <= month_days(out->year, out->month) &&
	    out->hour <= 23 && out->minute <= 59 && out->second <= 60;
}

/* "." and 1 to 9 digits, or nothing; cut to microseconds. */
static bool
take_fraction(struct moment *out, const char **at, const char *end)
{
	int64_t value = 0;
	int digits;

	out->fraction_us = 0;
	if (!take_char('.', at, end))
		return true;
	for (digits = 0; *at < end && **at >= '0' && **at <= '9'; (*at)++) {
		if (digits < 6)
			value = value * 10 + (**at - '0');
		digits++;
	}
	if (digits < 1 || digits > 9)
		return false;
	for (; digits < 6; digits++)
		value *= 10;
	out->fraction_us = value;
	return true;
}

/* Sign and HH:MM; PostgreSQL leaves out :MM when it is zero. */
static bool
take_offset(
    struct moment *out, bool needs_minutes, const char **at, const char *end)
{
	int hour, minute = 0, sign;

	if (*at == end || (**at != '+' && **at != '-'))
		return false;
	sign = **at == '-' ? -1 : 1;
	(*at)++;
	if (!take_digits(&hour, 2, at, end) || hour > 23)
		return false;
	if (needs_minutes || *at < end) {
		if (!take_char(':', at, end) ||
		    !take_digits(&minute, 2, at, end) || minute > 59)
			return false;
	}
	out->offset_s = sign * (hour * 3600 + minute * 60);
	return true;
}

static bool
us_of(int64_t *us, const struct moment *moment)
{
	int64_t s =
	    days_of(moment->year, moment->month, moment->day) * CLOCK_DAY_S;

	s += moment->hour * 3600 + moment->minute * 60 + moment->second;
	*us = (s - moment->offset_s) * 1000000 + moment->fraction_us;
	return *us >= 0 && *us <= CLOCK_US_MAX;
}

enum err
clock_parse(int64_t *us, const char *text, size_t len)
{
	const char *at = text, *end = text + len;
	struct moment moment = {0};
	int64_t result;

	if (!take_date_time(&moment, 'T', &at, end) ||
	    !take_fraction(&moment, &at, end))
		return ERR_MALFORMED;
	if (!take_char('Z', &at, end) && !take_offset(&moment, true, &at, end))
		return ERR_MALFORMED;
	if (at != end || !us_of(&result, &moment))
		return ERR_MALFORMED;
	*us = result;
	return OK;
}

static char *
put_digits(char *out, int64_t value, int count)
{
	int at;

	for (at = count - 1; at >= 0; at--) {
		out[at] = (char)('0' + value % 10);
		value /= 10;
	}
	return out + count;
}

static char *
put_time(char *out, int64_t second_of_day)
{
	out = put_digits(out, second_of_day / 3600, 2);
	*out++ = ':';
	out = put_digits(out, second_of_day / 60 % 60, 2);
	*out++ = ':';
	return put_digits(out, second_of_day % 60, 2);
}

size_t
clock_format(char out[CLOCK_TEXT_LEN + 1], int64_t us)
{
	int64_t s = us / 1000000, fraction = us % 1000000;
	struct moment date;
	char *at = out;

	must(
	    us >= 0 && us <= CLOCK_US_MAX, "a time has a year of 1970 to 9999");
	date_of(&date, s / CLOCK_DAY_S);
	at = put_digits(at, date.year, 4);
	*at++ = '-';
	at = put_digits(at, date.month, 2);
	*at++ = '-';
	at = put_digits(at, date.day, 2);
	*at++ = 'T';
	at = put_time(at, s % CLOCK_DAY_S);
	if (fraction > 0) {
		*at++ = '.';
		at = put_digits(at, fraction, 6);
	}
	*at++ = 'Z';
	*at = '\0';
	return (size_t)(at - out);
}

enum err
clock_from_database(char out[CLOCK_TEXT_LEN + 1], const char *text, size_t len)
{
	const char *at = text, *end = text + len;
	struct moment moment = {0};
	int64_t us;

	if (!take_date_time(&moment, ' ', &at, end) ||
	    !take_fraction(&moment, &at, end) ||
	    !take_offset(&moment, false, &at, end) || at != end ||
	    !us_of(&us, &moment))
		return ERR_BROKEN;
	(void)clock_format(out, us);
	return OK;
}

void
clock_http_date(char out[CLOCK_HTTP_DATE_LEN + 1], int64_t ms)
{
	static const char days[] = "ThuFriSatSunMonTueWed";
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	int64_t s = ms / 1000;
	struct moment date;
	char *at = out;

	must(ms >= 0 && ms <= CLOCK_US_MAX / 1000,
	    "a time has a year of 1970 to 9999");
	date_of(&date, s / CLOCK_DAY_S);
	memcpy(at, days + s / CLOCK_DAY_S % 7 * 3, 3);
	memcpy(at + 3, ", ", 2);
	at = put_digits(at + 5, date.day, 2);
	*at++ = ' ';
	memcpy(at, months + (date.month - 1) * 3, 3);
	at[3] = ' ';
	at = put_digits(at + 4, date.year, 4);
	*at++ = ' ';
	at = put_time(at, s % CLOCK_DAY_S);
	memcpy(at, " GMT", sizeof(" GMT"));
}
