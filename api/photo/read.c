/*
 * A file of the photo store on its way to a reader.
 *
 * SPDX-License-Identifier: ISC
 */
#include "photo/read.h"

#include <string.h>

#include "core/heap.h"
#include "photo/store.h"

/* What the pool thread reads. */
struct photo_read {
	const char *directory;
	enum confidentiality level;
	char name[STORE_NAME_LEN + 1];
	uint8_t *data;
	size_t len;
};

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
photo_read_send(struct call *call)
{
	const struct photo_read *read = call_work_arg(call);
	const struct policy_view view = {call->viewer.reader, call->lang};

	policy_photo(&call->answer, &view, read->level, read->data, read->len);
	return OK;
}

enum err
photo_read(struct call *call, const struct policy_row *row, const char *column)
{
	struct photo_read *read;
	const char *name;

	name = db_rows_text(row->rows, row->index,
	    db_rows_column(row->rows, column, row->from));
	if (name == NULL || strlen(name) != STORE_NAME_LEN)
		return ERR_BROKEN;
	read = heap_new(sizeof(*read));
	read->directory = call->service->photo_directory;
	read->level = policy_row_level(row);
	memcpy(read->name, name, STORE_NAME_LEN);
	return call_work(
	    call, photo_read_work, read, photo_read_release, photo_read_send);
}
