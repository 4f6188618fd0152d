/*
 * A photo is stored before its row is: what was stored for a request that then
 * failed is named by no row. Such files go after a day, in which no request
 * can still be on its way; half-written temporary files likewise.
 *
 * SPDX-License-Identifier: ISC
 */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/buf.h"
#include "core/clock.h"
#include "core/heap.h"
#include "core/settings.h"
#include "jobs/jobs.h"
#include "photo/store.h"

#define AGE_MIN_S (INT64_C(24) * 3600)
#define NAMES_MAX 500
/* A text array of names: braces, commas, NUL. */
#define ARRAY_MAX (NAMES_MAX * (STORE_NAME_LEN + 1) + 3)

/* Old files of one folder, not yet asked about. */
struct batch {
	char name[NAMES_MAX][STORE_NAME_LEN + 1];
	size_t count;
};

static bool
name_is_stored(const char *name)
{
	return strlen(name) == STORE_NAME_LEN &&
	    strspn(name, "0123456789abcdef") == STORE_NAME_LEN;
}

static bool
file_is_old(int folder, const char *name)
{
	struct stat status;

	return fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
	    S_ISREG(status.st_mode) &&
	    status.st_mtim.tv_sec < clock_now_ms() / 1000 - AGE_MIN_S;
}

static enum err
known_ask(struct sync_rows **out, struct sync *sync, const struct batch *batch)
{
	struct buf array;
	enum err err;

	buf_init(&array, ARRAY_MAX);
	buf_byte(&array, '{');
	for (size_t i = 0; i < batch->count; i++) {
		buf_text(&array, i == 0 ? "" : ",");
		buf_text(&array, batch->name[i]);
	}
	buf_put(&array, "}", 2);
	const char *const params[] = {(const char *)array.data};
	err = sync_query(sync, out,
	    "select name from api.job_photo_known($1::text[]) as name", params,
	    1);
	buf_clear(&array);
	return err;
}

static bool
known_has(const struct sync_rows *known, const char *name)
{
	for (size_t i = 0; i < sync_rows_count(known); i++) {
		if (strcmp(sync_rows_text(known, i, 0), name) == 0) {
			return true;
		}
	}
	return false;
}

/* Removes those of the batch that no row names, and empties it. */
static enum err
batch_sweep(int64_t *count, struct sync *sync, int folder, struct batch *batch)
{
	struct sync_rows *known;
	enum err err;

	if (batch->count == 0) {
		return OK;
	}
	err = known_ask(&known, sync, batch);
	if (err != OK) {
		return err;
	}
	for (size_t i = 0; i < batch->count; i++) {
		if (!known_has(known, batch->name[i]) &&
		    unlinkat(folder, batch->name[i], 0) == 0) {
			*count += 1;
		}
	}
	sync_rows_free(known);
	batch->count = 0;
	return OK;
}

/* One entry of a folder: waits in the batch, or goes at once. */
static enum err
entry_visit(int64_t *count, struct sync *sync, int folder, const char *name,
    struct batch *batch)
{
	if (name[0] == '.' && (name[1] == '\0' || name[1] == '.')) {
		return OK;
	}
	if (!file_is_old(folder, name)) {
		return OK;
	}
	if (!name_is_stored(name)) {
		*count += unlinkat(folder, name, 0) == 0 ? 1 : 0;
		return OK;
	}
	memcpy(batch->name[batch->count++], name, STORE_NAME_LEN + 1);
	return batch->count == NAMES_MAX
	    ? batch_sweep(count, sync, folder, batch)
	    : OK;
}

static enum err
folder_sweep(int64_t *count, struct sync *sync, const char *path)
{
	DIR *directory = opendir(path);
	struct batch *batch;
	struct dirent *entry;
	enum err err = OK;

	if (directory == NULL) {
		return OK; /* nothing was ever stored there */
	}
	batch = heap_new(sizeof(*batch));
	for (;;) {
		entry = readdir(directory);
		if (entry == NULL || err != OK) {
			break;
		}
		err = entry_visit(
		    count, sync, dirfd(directory), entry->d_name, batch);
	}
	if (err == OK) {
		err = batch_sweep(count, sync, dirfd(directory), batch);
	}
	heap_free(batch);
	closedir(directory);
	return err;
}

enum err
sweep_run(int64_t *count, struct sync *sync)
{
	const char *jail = settings_get()->jail;
	size_t size = strlen(jail) + sizeof("/photos/ff");
	char *path = heap_new(size);
	enum err err = OK;

	for (unsigned folder = 0; folder < 256 && err == OK; folder++) {
		snprintf(path, size, "%s/photos/%02x", jail, folder);
		err = folder_sweep(count, sync, path);
	}
	if (err == OK) {
		snprintf(path, size, "%s/photos", jail);
		err = folder_sweep(count, sync, path);
	}
	heap_free(path);
	return err;
}
