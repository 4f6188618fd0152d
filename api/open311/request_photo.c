/*
 * GET /open311/v2/photos/{id}: the photo a media_url leads to. Links end after
 * a minute, and sooner when the report is public no more.
 *
 * SPDX-License-Identifier: ISC
 */
#include "auth/photo_link.h"
#include "core/clock.h"
#include "photo/read.h"
#include "routes.h"

enum err
request_photo_ask(struct call *call)
{
	char *photo = arena_get(call->arena, UUID_LEN + 1);
	enum err err = photo_link_read(
	    photo, call->service->keys, call->id, clock_now_ms());

	if (err != OK)
		return err;
	const struct db_param param[1] = {db_text(photo)};
	db_batch_add(call_batch(call), DB_REQUEST_PHOTO, param, 1);
	return call_send(call);
}

enum err
request_photo_answer(struct call *call)
{
	const struct policy_row row = {call_rows(call, 0), 0, 0};

	if (db_rows_count(row.rows) != 1)
		return ERR_NOT_FOUND;
	return photo_read(call, &row, "file_full");
}
