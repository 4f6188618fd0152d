/*
 * GET /api/v1/areas: kelurahan, kecamatan and kota with outlines for a map.
 * They hold nothing about any report and are large, so a browser keeps them.
 *
 * SPDX-License-Identifier: ISC
 */
#include "call/page.h"
#include "routes.h"

#define KEEP_SECONDS 86400

static const char *const query_names[] = {"bbox", "level", NULL};
static const char *const levels[] = {"kota", "kecamatan", "kelurahan", NULL};

enum err
area_list_ask(struct call *call)
{
	enum err err = page_query_only(call, query_names);

	if (err != OK)
		return err;
	const struct db_param param[2] = {
	    db_text(page_query_word(call, "level", levels)),
	    db_text(page_query_bbox(call)),
	};
	if (call->answer.fault_count > 0)
		return ERR_INVALID;
	db_batch_add(call_batch(call), DB_AREA_LIST, param, 2);
	return call_send(call);
}

enum err
area_list_answer(struct call *call)
{
	call->answer.keep_seconds = KEEP_SECONDS;
	return page_whole(call, POLICY_AREA);
}
