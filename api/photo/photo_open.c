/*
 * GET /api/v1/photos/{id}: one photo, let through by the database at this
 * moment and audited there; read from disk on a pool thread.
 *
 * SPDX-License-Identifier: ISC
 */
#include <string.h>

#include "call/page.h"
#include "core/heap.h"
#include "photo/store.h"
#include "routes.h"

static const char *const query_names[] = {"size", NULL};
static const char *const sizes[] = {"full", "thumb", NULL};

struct photo_open {
	bool is_thumb;
	enum confidentiality level;
};

/* What the pool thread reads. */
struct photo_read {
	const char *directory;
	char name[STORE_NAME_LEN + 1];
	uint8_t *data;
	size_t len;
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

static enum err
photo_read_work(void *arg)
{
	struct photo_read *read = arg;

	return store_read(&read->data, &read->len, read->directory, read->name);
}

static void
photo_read_release(void *arg)
{
	struct photo_read *read = arg;

	heap_free(read->data);
	heap_free(read);
}

static enum err
photo_open_send(struct call *call)
{
	const struct photo_open *open = call->state;
	const struct photo_read *read = call_work_arg(call);
	const struct policy_view view = {call->viewer.reader, call->lang};

	policy_photo(&call->answer, &view, open->level, read->data, read->len);
	return OK;
}

enum err
photo_open_answer(struct call *call)
{
	struct photo_open *open = call->state;
	const struct db_rows *rows = call_rows(call, 0);
	const struct policy_row row = {rows, 0, 0};
	struct photo_read *read;
	const char *name;

	if (db_rows_count(rows) != 1)
		return ERR_NOT_FOUND;
	open->level = policy_row_level(&row);
	name = db_rows_text(rows, 0,
	    db_rows_column(
		rows, open->is_thumb ? "file_thumb" : "file_full", 0));
	if (name == NULL || strlen(name) != STORE_NAME_LEN)
		return ERR_BROKEN;
	read = heap_new(sizeof(*read));
	read->directory = call->service->photo_directory;
	memcpy(read->name, name, STORE_NAME_LEN);
	return call_work(
	    call, photo_read_work, read, photo_read_release, photo_open_send);
}
