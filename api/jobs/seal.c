/*
 * Photos of a report that was public and is private now are sealed like those
 * of one that came in private: each under a key of its own, which is kept for
 * the vault only. First the sealed files are on the disk, then the row names
 * them, then the files in clear go; whoever stops in between loses nothing,
 * and what is left over is named by no row, so that the sweep takes it.
 *
 * SPDX-License-Identifier: ISC
 */
#include <openssl/crypto.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/clock.h"
#include "core/heap.h"
#include "core/hex.h"
#include "core/log.h"
#include "core/seal.h"
#include "core/settings.h"
#include "core/uuid.h"
#include "jobs/jobs.h"
#include "photo/store.h"

/* Photos a run, so that other jobs have their turn. */
#define DUE_LIMIT "500"
/*
 * Equal photos share a file. One that was written a moment ago may belong to
 * a request that has not stored its row yet.
 */
#define AGE_MIN_S 60
#define PEM_MAX   4096

struct sealer {
	struct sync *sync;
	struct seal_public *identity;
	char photos[4096];
};

/* A photo's two files. */
struct files {
	char full[STORE_NAME_LEN + 1];
	char thumb[STORE_NAME_LEN + 1];
};

static enum err
identity_load(struct seal_public **out)
{
	char path[4096], pem[PEM_MAX];
	size_t len;
	FILE *file;

	(void)snprintf(
	    path, sizeof(path), "%s/identity.pub", settings_get()->keys);
	file = fopen(path, "re");
	if (file == NULL)
		return ERR_UNAVAILABLE;
	len = fread(pem, 1, sizeof(pem), file);
	(void)fclose(file);
	return seal_public_load(out, pem, len);
}

static void
path_put(char *out, size_t size, const struct sealer *sealer, const char *name)
{
	(void)snprintf(out, size, "%s/%.2s/%s", sealer->photos, name, name);
}

static bool
file_is_old(const struct sealer *sealer, const char *name)
{
	char path[sizeof(sealer->photos) + STORE_NAME_LEN + 8];
	struct stat status;

	path_put(path, sizeof(path), sealer, name);
	return stat(path, &status) != 0 ||
	    status.st_mtim.tv_sec < clock_now_ms() / 1000 - AGE_MIN_S;
}

/* Unless another photo has the same file, or is about to. */
static void
file_remove(const struct sealer *sealer, const char *name)
{
	char path[sizeof(sealer->photos) + STORE_NAME_LEN + 8];
	const char *const params[] = {name};
	struct sync_rows *rows = NULL;
	bool is_free;

	if (sync_query(sealer->sync, &rows,
		"select name from api.job_photo_known(array[$1::text]) as name",
		params, 1) != OK)
		return;
	is_free = sync_rows_count(rows) == 0;
	sync_rows_free(rows);
	path_put(path, sizeof(path), sealer, name);
	if (is_free && file_is_old(sealer, name))
		(void)unlink(path);
}

/* ERR_NOT_FOUND also when the file is not what it was. */
static enum err
file_seal(char out[STORE_NAME_LEN + 1], const struct sealer *sealer,
    const uint8_t key[SEAL_KEY_LEN], const char *name)
{
	uint8_t *data;
	size_t len;
	enum err err = store_read(&data, &len, sealer->photos, name);

	if (err != OK)
		return err == ERR_BROKEN ? ERR_NOT_FOUND : err;
	err = store_write(out, sealer->photos, key, data, len);
	heap_wipe(data, len);
	return err;
}

/* Tells the database; false when the photo is not to be sealed after all. */
static enum err
row_store(bool *is_done, const struct sealer *sealer, const char *id,
    const struct files *was, const struct files *now,
    const uint8_t key[SEAL_KEY_LEN])
{
	uint8_t wrapped[SEAL_WRAPPED_LEN];
	char context[sizeof("photo:") + UUID_LEN];
	char hex[2 + 2 * SEAL_WRAPPED_LEN + 1] = "\\x";
	struct sync_rows *rows = NULL;
	enum err err;

	(void)snprintf(context, sizeof(context), "photo:%s", id);
	err = seal_wrap(wrapped, sealer->identity, key, context);
	if (err != OK)
		return err;
	hex_encode(hex + 2, wrapped, sizeof(wrapped));
	const char *const params[] = {id, was->full, was->thumb, now->full,
	    now->thumb, seal_public_epoch(sealer->identity), hex};
	err = sync_query(sealer->sync, &rows,
	    "select api.job_seal_done($1::uuid, $2::text, $3::text, $4::text,"
	    " $5::text, $6::text, $7::bytea)",
	    params, 7);
	if (err != OK)
		return err;
	*is_done = sync_rows_text(rows, 0, 0)[0] == 't';
	sync_rows_free(rows);
	return OK;
}

static enum err
photo_seal(int64_t *count, const struct sealer *sealer, const char *id,
    const struct files *was)
{
	uint8_t key[SEAL_KEY_LEN];
	struct files now;
	bool is_done = false;
	enum err err = seal_key_new(key);

	if (err == OK)
		err = file_seal(now.full, sealer, key, was->full);
	if (err == OK)
		err = file_seal(now.thumb, sealer, key, was->thumb);
	if (err == OK)
		err = row_store(&is_done, sealer, id, was, &now, key);
	OPENSSL_cleanse(key, sizeof(key));
	if (err != OK || !is_done)
		return err;
	file_remove(sealer, was->full);
	file_remove(sealer, was->thumb);
	*count += 1;
	return OK;
}

static enum err
rows_seal(
    int64_t *count, const struct sealer *sealer, const struct sync_rows *rows)
{
	struct files was;
	enum err err = OK;

	for (size_t i = 0; i < sync_rows_count(rows) && err == OK; i++) {
		(void)snprintf(was.full, sizeof(was.full), "%s",
		    sync_rows_text(rows, i, 1));
		(void)snprintf(was.thumb, sizeof(was.thumb), "%s",
		    sync_rows_text(rows, i, 2));
		if (!file_is_old(sealer, was.full) ||
		    !file_is_old(sealer, was.thumb))
			continue;
		err =
		    photo_seal(count, sealer, sync_rows_text(rows, i, 0), &was);
		if (err != ERR_NOT_FOUND)
			continue;
		/* A file that is not there holds no other up. */
		log_event(LOG_LEVEL_WARNING, "seal_failed",
		    log_text("error", err_slug(err)));
		err = OK;
	}
	return err;
}

enum err
seal_run(int64_t *count, struct sync *sync)
{
	static const char *const params[] = {DUE_LIMIT};
	struct sealer sealer = {.sync = sync};
	struct sync_rows *rows = NULL;
	enum err err;

	(void)snprintf(sealer.photos, sizeof(sealer.photos), "%s/photos",
	    settings_get()->jail);
	err = sync_query(sync, &rows,
	    "select photo_id, file_full, file_thumb"
	    " from api.job_seal_due($1::int)",
	    params, 1);
	if (err == OK && sync_rows_count(rows) > 0)
		err = identity_load(&sealer.identity);
	if (err == OK)
		err = rows_seal(count, &sealer, rows);
	seal_public_free(sealer.identity);
	sync_rows_free(rows);
	return err;
}
