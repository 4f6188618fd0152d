/*
 * GET /api/v1/photos/{id}: one photo, let through by the database at this
 * moment and audited there; read from disk on a pool thread.
 *
 * SPDX-License-Identifier: ISC
 */
#include "call/page.h"
#include "photo/read.h"
#include "routes.h"

static const char *const query_names[] = {"size", NULL};
static const char *const sizes[] = {"full", "thumb", NULL};

struct photo_open {
	bool is_thumb;
};

enum err
photo_open_ask(struct call *call)
{
	struct photo_open *open = arena_get(call->arena, sizeof(*open));
	const struct db_param param[1] = {call_id(call)};
	enum err err;

	call->state = open;
	err = page_query_only(call, query_names);
	if (err != OK)
		return err;
	open->is_thumb = page_query_word(call, "size", sizes) == sizes[1];
	if (call->answer.fault_count > 0)
		return ERR_INVALID;
	db_batch_add(call_batch(call), DB_PHOTO_OPEN, param, 1);
	return call_send(call);
}

enum err
photo_open_answer(struct call *call)
{
	const struct photo_open *open = call->state;
	const struct policy_row row = {call_rows(call, 0), 0, 0};

	if (db_rows_count(row.rows) != 1)
		return ERR_NOT_FOUND;
	return photo_read(
	    call, &row, open->is_thumb ? "file_thumb" : "file_full");
}
