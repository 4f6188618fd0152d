/*
 * GET /api/v1/ranking: units by work that was found good. What keeps the
 * numbers from telling of a single report is done by the database.
 *
 * SPDX-License-Identifier: ISC
 */
#include <string.h>

#include "call/page.h"
#include "routes.h"

static const char *const query_names[] = {"from", "to", "kind", NULL};
static const char *const kinds[] = {"province", "biro", "dinas", "badan",
    "satpol", "sudin", "upt", "bumd", "utility", "kota", "kecamatan",
    "kelurahan", NULL};

enum err
ranking_list_ask(struct call *call)
{
	const char *from, *to;
	enum err err;

	err = page_query_only(call, query_names);
	if (err != OK)
		return err;
	from = page_query_day(call, "from");
	to = page_query_day(call, "to");
	/* Days are written so that their text sorts as they do. */
	if (from != NULL && to != NULL && strcmp(from, to) > 0)
		(void)call_invalid(call, "?to", "range");
	const struct db_param param[3] = {
	    db_text(from),
	    db_text(to),
	    db_text(page_query_word(call, "kind", kinds)),
	};
	if (call->answer.fault_count > 0)
		return ERR_INVALID;
	db_batch_add(call_batch(call), DB_RANKING_LIST, param, 3);
	return call_send(call);
}

enum err
ranking_list_answer(struct call *call)
{
	return page_whole(call, POLICY_RANKING);
}
