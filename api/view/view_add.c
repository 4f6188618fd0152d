/*
 * POST /api/v1/views: saves a view of the inbox. What is kept are parameters
 * that the list knows and values that cannot be words: a search would outlive
 * the moment it was needed in, and may name a person.
 *
 * SPDX-License-Identifier: ISC
 */
#include <string.h>

#include "call/input.h"
#include "call/listed.h"
#include "report/report.h"
#include "routes.h"

#define NAME_MAX  60
#define QUERY_MAX 500

static const char *const body_names[] = {"name", "query", NULL};
/* Parameters of the list that no view keeps. */
static const char *const never_names[] = {"q", "limit", "cursor", NULL};

/* Place of the word in names, or of their end. */
static size_t
place_of(const char *const *names, const char *word, size_t len)
{
	size_t i;

	for (i = 0; names[i] != NULL; i++)
		if (strlen(names[i]) == len && memcmp(names[i], word, len) == 0)
			break;
	return i;
}

/* Codes, ids and numbers, with commas as browsers write them; no words. */
static bool
is_value(const char *text, size_t len)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "abcdefghijklmnopqrstuvwxyz0123456789"
				      "_.,-";
	size_t i;

	for (i = 0; i < len; i++)
		if (len - i >= 3 && memcmp(text + i, "%2C", 3) == 0)
			i += 2;
		else if (memchr(letters, text[i], sizeof(letters) - 1) == NULL)
			return false;
	return len > 0;
}

/* "name=value" with a name not seen before; NULL or what is wrong with it. */
static const char *
part_problem(uint32_t *seen, const char *part, size_t len)
{
	const char *equals = memchr(part, '=', len);
	size_t name_len, place;

	if (equals == NULL)
		return "format";
	name_len = (size_t)(equals - part);
	place = place_of(report_query_names, part, name_len);
	if (report_query_names[place] == NULL ||
	    never_names[place_of(never_names, part, name_len)] != NULL)
		return "unknown_parameter";
	if ((*seen & (1u << place)) != 0)
		return "duplicate";
	*seen |= 1u << place;
	return is_value(equals + 1, len - name_len - 1) ? NULL : "characters";
}

static void
query_check(struct call *call, const char *query)
{
	const char *part, *problem;
	uint32_t seen = 0;
	size_t len;

	for (part = query; *part != '\0'; part += len) {
		if (part != query)
			part++;
		len = strcspn(part, "&");
		problem = part_problem(&seen, part, len);
		if (problem == NULL)
			continue;
		(void)call_invalid(call, "/query", problem);
		return;
	}
}

enum err
view_add_ask(struct call *call)
{
	struct input body = input_body(call);
	const char *name, *query;

	input_only(&body, body_names);
	name = input_line(&body, "name", INPUT_REQUIRED, 1, NAME_MAX);
	query = input_text(&body, "query", INPUT_REQUIRED, 0, QUERY_MAX);
	if (query != NULL)
		query_check(call, query);
	if (!input_is_good(&body))
		return ERR_INVALID;
	const struct db_param param[2] = {db_text(name), db_text(query)};

	db_batch_add(call_batch(call), DB_VIEW_ADD, param, 2);
	return call_send(call);
}

enum err
view_add_answer(struct call *call)
{
	return listed_added(call, "view", POLICY_VIEW);
}
