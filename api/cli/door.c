/*
 * How a command comes to the API as a channel, see door.h.
 *
 * SPDX-License-Identifier: ISC
 */
#include "cli/door.h"

#include <string.h>

#include <openssl/crypto.h>

#include "cli/cli.h"
#include "core/clock.h"
#include "core/heap.h"

#define DEMO_BYTES_MAX 65536u
#define PEM_BYTES_MAX  16384u

/* The channel's object in demo.json, or NULL. Borrowed from demo. */
static const cJSON *
demo_channel(const cJSON *demo, const char *name)
{
	const cJSON *channels =
	    cJSON_GetObjectItemCaseSensitive(demo, "channels");
	const cJSON *channel;

	cJSON_ArrayForEach(channel, channels)
	{
		const char *text = cJSON_GetStringValue(
		    cJSON_GetObjectItemCaseSensitive(channel, "name"));
		if (text != NULL && strcmp(text, name) == 0) {
			return channel;
		}
	}
	return NULL;
}

static void
default_take(const char **field, const cJSON *object, const char *name)
{
	if (*field == NULL) {
		*field = cJSON_GetStringValue(
		    cJSON_GetObjectItemCaseSensitive(object, name));
	}
}

static void
demo_read(struct door *door)
{
	char *path = cli_path("demo.json");
	struct buf text;

	buf_init(&text, DEMO_BYTES_MAX);
	if (cli_is_demo() && cli_read(&text, path) == OK &&
	    json_parse(&door->demo, text.data, text.len) != OK) {
		door->demo = NULL;
	}
	buf_clear(&text);
	heap_free(path);
}

bool
door_option(struct door *door, int option, const char *value)
{
	switch (option) {
	case 'k':
		door->key_path = value;
		return true;
	case 'd':
		door->row.kid = value;
		return true;
	case 'a':
		door->row.alg = value;
		return true;
	case 'i':
		door->row.issuer = value;
		return true;
	case 'u':
		door->row.audience = value;
		return true;
	case 'U':
		door->url = value;
		return true;
	case 'C':
		door->ca_path = value;
		return true;
	default:
		return false;
	}
}

enum err
door_open(struct door *door, const char *channel)
{
	const cJSON *entry;

	demo_read(door);
	entry = demo_channel(door->demo, channel);
	default_take(&door->key_path, entry, "private_key_file");
	default_take(&door->row.kid, entry, "kid");
	default_take(&door->row.alg, entry, "alg");
	default_take(&door->row.issuer, entry, "issuer");
	default_take(&door->row.audience, entry, "audience");
	default_take(&door->url, door->demo, "base_url");
	default_take(&door->ca_path, door->demo, "ca_file");
	if (door->row.alg == NULL) {
		door->row.alg = "ES256";
	}
	if (door->key_path == NULL || door->row.kid == NULL ||
	    door->row.issuer == NULL || door->row.audience == NULL) {
		cli_fail("demo.json does not know this channel: give --key,"
			 " --kid, --issuer and --audience");
		return ERR_NOT_FOUND;
	}
	return OK;
}

enum err
door_token(struct buf *out, const struct door *door, int64_t minutes)
{
	struct buf pem;
	enum err err;

	buf_init(&pem, PEM_BYTES_MAX);
	err = cli_read(&pem, door->key_path);
	if (err == OK) {
		err = jwt_issue(out, &door->row, (const char *)pem.data,
		    clock_now_ms(), minutes * 60);
		buf_byte(out, 0);
		if (err != OK || out->failed) {
			err = ERR_INVALID;
			cli_fail("%s does not sign %s", door->key_path,
			    door->row.alg);
		} else {
			out->len--;
		}
	}
	if (pem.data != NULL) {
		OPENSSL_cleanse(pem.data, pem.size);
	}
	buf_clear(&pem);
	return err;
}

void
door_clear(struct door *door)
{
	cJSON_Delete(door->demo);
	door->demo = NULL;
}
