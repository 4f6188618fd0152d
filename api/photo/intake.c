/*
 * Photos that come with a report or an event. See intake.h.
 *
 * SPDX-License-Identifier: ISC
 */
#include "photo/intake.h"

#include <inttypes.h>
#include <openssl/crypto.h>
#include <stdio.h>
#include <string.h>

#include "core/buf.h"
#include "core/hash.h"
#include "core/heap.h"
#include "core/hex.h"
#include "core/seal.h"
#include "core/uuid.h"
#include "media/media.h"
#include "photo/store.h"

/* Copies a worker holds at a time, in bytes: they outlive their requests. */
#define HELD_MAX ((size_t)256 * 1024 * 1024)

static size_t held; /* on the event loop only */

struct intake_photo {
	uint8_t *data; /* a copy: the call may be gone while we work */
	size_t len;
	uint8_t digest[HASH_LEN];
	enum media_status status;
	char id[UUID_LEN + 1];
	char full[STORE_NAME_LEN + 1];
	char thumb[STORE_NAME_LEN + 1];
	unsigned width;
	unsigned height;
	uint64_t hash[PHASH_LEN];
};

/* What the pool thread works on. */
struct intake {
	const char *media_socket;
	const char *directory;
	bool is_sealed;
	uint8_t key[SEAL_KEY_LEN];
	size_t count;
	struct intake_photo photo[CALL_PHOTOS_MAX];
};

static enum err
photo_store(struct intake *intake, struct intake_photo *photo)
{
	const uint8_t *key = intake->is_sealed ? intake->key : NULL;
	struct media_result result = {0};
	enum err err;

	hash_sha256(photo->digest, photo->data, photo->len);
	err = media_convert(
	    &result, intake->media_socket, photo->data, photo->len);
	if (err != OK)
		return err;
	photo->status = result.status;
	if (result.status != MEDIA_OK)
		return OK;
	uuid_new(photo->id);
	photo->width = result.full.width;
	photo->height = result.full.height;
	memcpy(photo->hash, result.hash, sizeof(photo->hash));
	err = store_write(photo->full, intake->directory, key, result.full.data,
	    result.full.len);
	if (err == OK)
		err = store_write(photo->thumb, intake->directory, key,
		    result.thumb.data, result.thumb.len);
	media_result_clear(&result);
	return err;
}

static enum err
intake_work(void *arg)
{
	struct intake *intake = arg;
	enum err err = OK;
	size_t i;

	for (i = 0; i < intake->count && err == OK; i++)
		err = photo_store(intake, &intake->photo[i]);
	return err;
}

static void
intake_release(void *arg)
{
	struct intake *intake = arg;
	size_t i;

	for (i = 0; i < intake->count; i++) {
		held -= intake->photo[i].len;
		heap_wipe(intake->photo[i].data, intake->photo[i].len);
	}
	heap_wipe(intake, sizeof(*intake));
}

static enum err
too_large(struct call *call, size_t index)
{
	(void)call_invalid(call,
	    arena_format(call->arena, "/photos/%zu", index), "photo_bytes");
	return ERR_TOO_LARGE;
}

enum err
intake_start(struct call *call, const uint8_t *key, call_fn next)
{
	struct intake *intake;
	struct intake_photo *photo;
	size_t i, len = 0;

	if (call->photo_count == 0)
		return next(call);
	for (i = 0; i < call->photo_count; i++) {
		if (call->photo[i].len > MEDIA_BYTES_MAX)
			return too_large(call, i);
		len += call->photo[i].len;
	}
	if (len > HELD_MAX - held)
		return ERR_UNAVAILABLE;
	held += len;
	intake = heap_new(sizeof(*intake));
	intake->media_socket = call->service->media_socket;
	intake->directory = call->service->photo_directory;
	intake->is_sealed = key != NULL;
	if (key != NULL)
		memcpy(intake->key, key, SEAL_KEY_LEN);
	for (i = 0; i < call->photo_count; i++) {
		photo = &intake->photo[i];
		photo->len = call->photo[i].len;
		photo->data = heap_new(photo->len);
		memcpy(photo->data, call->photo[i].data, photo->len);
	}
	intake->count = call->photo_count;
	return call_work(call, intake_work, intake, intake_release, next);
}

static const char *
refusal_code(enum media_status status)
{
	switch (status) {
	case MEDIA_OK:
	case MEDIA_NOT_A_PHOTO:
		break;
	case MEDIA_TOO_MANY_PIXELS:
		return "photo_pixels";
	case MEDIA_TOO_MANY_BYTES:
		return "photo_bytes";
	}
	return "photo_unreadable";
}

static const char *
joined(struct call *call, const char *list, const char *item)
{
	return arena_format(
	    call->arena, "%s%s%s", list, list[0] == '\0' ? "" : ",", item);
}

static const char *
number_text(struct call *call, unsigned number)
{
	return arena_format(call->arena, "%u", number);
}

/* {-1,2,…}: the words of all photos, one after the other. */
static const char *
hashes_text(struct call *call, const struct intake *intake)
{
	const char *text;
	char number[24];
	struct buf out;

	buf_init(&out, CALL_PHOTOS_MAX * PHASH_LEN * sizeof(number));
	buf_byte(&out, '{');
	for (size_t i = 0; i < call->photo_count * PHASH_LEN; i++) {
		(void)snprintf(number, sizeof(number), "%s%" PRId64,
		    i == 0 ? "" : ",",
		    (int64_t)intake->photo[i / PHASH_LEN].hash[i % PHASH_LEN]);
		buf_text(&out, number);
	}
	buf_byte(&out, '}');
	text = arena_text(call->arena, out.data, out.len);
	buf_clear(&out);
	return text;
}

enum err
intake_finish(struct call *call, struct intake_arrays *out)
{
	const struct intake *intake =
	    call->photo_count == 0 ? NULL : call_work_arg(call);
	struct intake_arrays list = {"", "", "", "", "", ""};
	const struct intake_photo *photo;
	enum err err = OK;
	size_t i;

	for (i = 0; i < call->photo_count; i++) {
		photo = &intake->photo[i];
		memcpy(call->photo[i].digest, photo->digest, HASH_LEN);
		if (photo->status != MEDIA_OK) {
			err = call_invalid(call,
			    arena_format(call->arena, "/photos/%zu", i),
			    refusal_code(photo->status));
			continue;
		}
		list.ids = joined(call, list.ids, photo->id);
		list.full_names = joined(call, list.full_names, photo->full);
		list.thumb_names = joined(call, list.thumb_names, photo->thumb);
		list.widths =
		    joined(call, list.widths, number_text(call, photo->width));
		list.heights = joined(
		    call, list.heights, number_text(call, photo->height));
	}
	if (err != OK)
		return err;
	out->ids = arena_format(call->arena, "{%s}", list.ids);
	out->full_names = arena_format(call->arena, "{%s}", list.full_names);
	out->thumb_names = arena_format(call->arena, "{%s}", list.thumb_names);
	out->widths = arena_format(call->arena, "{%s}", list.widths);
	out->heights = arena_format(call->arena, "{%s}", list.heights);
	out->hashes = hashes_text(call, intake);
	return OK;
}

enum err
intake_keys(struct call *call, const uint8_t key[32], const char **out)
{
	const struct intake *intake = call_work_arg(call);
	uint8_t wrapped[SEAL_WRAPPED_LEN];
	char digits[2 * SEAL_WRAPPED_LEN + 1];
	const char *list = "";
	enum err err;

	for (size_t i = 0; i < call->photo_count; i++) {
		err = seal_wrap(wrapped, call->service->identity, key,
		    arena_format(call->arena, "photo:%s", intake->photo[i].id));
		if (err != OK)
			return err;
		hex_encode(digits, wrapped, sizeof(wrapped));
		list = joined(call, list,
		    arena_format(call->arena, "\"\\\\x%s\"", digits));
	}
	*out = arena_format(call->arena, "{%s}", list);
	return OK;
}
