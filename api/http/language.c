/*
 * Which of our two languages a reader asks for.
 *
 * SPDX-License-Identifier: ISC
 */
#include "http/language.h"

#include <string.h>
#include <strings.h>

/* Weight of "…;q=0.5" in thousandths; 1000 when there is none. */
static int
language_weight(const char *item, size_t len)
{
	const char *mark;
	int weight, digit;
	size_t i;

	mark = memchr(item, ';', len);
	if (mark == NULL)
		return 1000;
	i = (size_t)(mark - item) + 1;
	while (i < len && item[i] == ' ')
		i++;
	if (len - i < 3 || (item[i] != 'q' && item[i] != 'Q') ||
	    item[i + 1] != '=')
		return 1000;
	i += 2;
	weight = item[i] == '1' ? 1000 : 0;
	if (i + 1 < len && item[i + 1] == '.' && weight == 0) {
		for (digit = 100, i += 2; i < len && digit > 0; i++) {
			if (item[i] < '0' || item[i] > '9')
				break;
			weight += digit * (item[i] - '0');
			digit /= 10;
		}
	}
	return weight;
}

/* True for "id" itself and for "id-ID". */
static int
language_is(const char *item, size_t len, const char *code)
{
	if (len < 2 || strncasecmp(item, code, 2) != 0)
		return 0;
	return len == 2 || item[2] == '-' || item[2] == ';' || item[2] == ' ';
}

enum lang
language_choose(const char *text, size_t len)
{
	int weight, best = 0;
	enum lang chosen = LANG_EN;
	const char *comma;
	size_t item;

	if (text == NULL)
		return LANG_EN;
	while (len > 0) {
		comma = memchr(text, ',', len);
		item = comma != NULL ? (size_t)(comma - text) : len;
		weight = language_weight(text, item);
		if (weight > best && language_is(text, item, "id")) {
			best = weight;
			chosen = LANG_ID;
		} else if (weight > best && language_is(text, item, "en")) {
			best = weight;
			chosen = LANG_EN;
		}
		if (comma == NULL)
			break;
		text += item + 1;
		len -= item + 1;
		while (len > 0 && *text == ' ') {
			text++;
			len--;
		}
	}
	return chosen;
}
