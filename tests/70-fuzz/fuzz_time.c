/*
 * Times: what is read can be written and read again, and is what the library
 * says; the database's texts too.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdint.h>
#include <string.h>
#include <time.h>

#include "core/check.h"
#include "core/clock.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void
number_check(const uint8_t *data, size_t len)
{
	char text[CLOCK_TEXT_LEN + 1], database[40] = {0};
	char expected[64], http[CLOCK_HTTP_DATE_LEN + 1];
	uint64_t number = 0;
	int64_t us, again;
	time_t seconds;
	struct tm tm;
	size_t text_len;

	memcpy(&number, data, len < sizeof(number) ? len : sizeof(number));
	us = (int64_t)(number % UINT64_C(253402300800000000));
	text_len = clock_format(text, us);
	must(text_len == strlen(text) && text_len <= CLOCK_TEXT_LEN,
	    "a time has its length");
	must(clock_parse(&again, text, text_len) == OK && again == us,
	    "what is written can be read");
	seconds = (time_t)(us / 1000000);
	must(gmtime_r(&seconds, &tm) != NULL &&
		strftime(expected, sizeof(expected), "%Y-%m-%dT%H:%M:%S",
		    &tm) == 19 &&
		memcmp(expected, text, 19) == 0,
	    "the library says the same");
	clock_http_date(http, us / 1000);
	must(strftime(expected, sizeof(expected), "%a, %d %b %Y %H:%M:%S GMT",
		 &tm) == CLOCK_HTTP_DATE_LEN &&
		strcmp(expected, http) == 0,
	    "the library says the same of HTTP dates");
	/* As PostgreSQL writes it. */
	memcpy(database, text, text_len - 1);
	database[10] = ' ';
	memcpy(database + text_len - 1, "+00", 3);
	must(clock_from_database(expected, database, text_len + 2) == OK &&
		strcmp(expected, text) == 0,
	    "the database's text says the same");
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	char text[CLOCK_TEXT_LEN + 1];
	int64_t us = -1, again = -1;
	size_t text_len;

	if (clock_parse(&us, (const char *)data, len) == OK) {
		text_len = clock_format(text, us);
		must(clock_parse(&again, text, text_len) == OK && again == us,
		    "what is read can be written and read");
	} else {
		must(us == -1, "a failure sets nothing");
	}
	if (clock_from_database(text, (const char *)data, len) == OK) {
		must(clock_parse(&us, text, strlen(text)) == OK,
		    "the database's times are times");
	}
	number_check(data, len);
	return 0;
}
