/*
 * A report handed in at the API, see post.h.
 *
 * SPDX-License-Identifier: ISC
 */
#include "intake/post.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <curl/curl.h>
#include <openssl/crypto.h>

#include "cli/cli.h"
#include "core/clock.h"
#include "core/heap.h"
#include "core/hex.h"
#include "core/json.h"

#define ANSWER_MAX      65536u
#define CONNECT_SECONDS 10L
#define SECONDS_MAX     120L
#define TOKEN_MINUTES   10
#define TOKEN_MS_MAX    ((int64_t)8 * 60 * 1000)
#define PATH            "/api/v1/reports"

struct post {
	const struct door *door;
	CURL *curl;
	char *url;
	struct buf token; /* the header line */
	int64_t token_ms;
};

static size_t
answer_take(char *data, size_t one, size_t len, void *answer)
{
	(void)one;
	buf_put(answer, data, len);
	return len;
}

enum err
post_new(struct post **out, const struct door *door)
{
	struct post *post;
	size_t size;

	if (door->url == NULL || strncmp(door->url, "https://", 8) != 0) {
		cli_fail("give --url https://…: where the API is");
		return ERR_NOT_FOUND;
	}
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
		cli_fail("libcurl does not start");
		return ERR_UNAVAILABLE;
	}
	post = heap_new(sizeof(*post));
	post->door = door;
	post->curl = curl_easy_init();
	size = strlen(door->url) + sizeof(PATH);
	post->url = heap_new(size);
	snprintf(post->url, size, "%s%s", door->url, PATH);
	buf_init(&post->token, JWT_TOKEN_MAX + 64);
	*out = post;
	return OK;
}

void
post_free(struct post *post)
{
	if (post == NULL) {
		return;
	}
	curl_easy_cleanup(post->curl);
	heap_free(post->url);
	if (post->token.data != NULL) {
		OPENSSL_cleanse(post->token.data, post->token.size);
	}
	buf_clear(&post->token);
	heap_free(post);
	curl_global_cleanup();
}

static enum err
token_renew(struct post *post)
{
	struct buf token;
	enum err err;

	if (post->token.len > 0 &&
	    clock_mono_ms() - post->token_ms < TOKEN_MS_MAX) {
		return OK;
	}
	buf_init(&token, JWT_TOKEN_MAX);
	err = door_token(&token, post->door, TOKEN_MINUTES);
	if (err == OK) {
		post->token_ms = clock_mono_ms();
		buf_reset(&post->token);
		buf_text(&post->token, "Authorization: Bearer ");
		buf_put(&post->token, token.data, token.len);
		buf_byte(&post->token, 0);
	}
	buf_clear(&token);
	return err;
}

static struct curl_slist *
headers_make(const struct post *post, const struct post_report *report)
{
	char key[POST_KEY_LEN + 32];
	struct curl_slist *headers = NULL;

	snprintf(key, sizeof(key), "Idempotency-Key: %s", report->key);
	headers = curl_slist_append(headers, (const char *)post->token.data);
	headers = curl_slist_append(headers, key);
	headers = curl_slist_append(headers, "Accept: application/json");
	/* The server reads the whole body at once. */
	headers = curl_slist_append(headers, "Expect:");
	return headers;
}

static curl_mime *
body_make(CURL *curl, const struct post_report *report, unsigned without)
{
	curl_mime *body = curl_mime_init(curl);
	curl_mimepart *part = curl_mime_addpart(body);

	curl_mime_name(part, "report");
	curl_mime_type(part, "application/json");
	curl_mime_data(part, report->json, CURL_ZERO_TERMINATED);
	for (size_t i = 0; i < report->photo_count; i++) {
		if ((without >> i & 1) != 0) {
			continue;
		}
		part = curl_mime_addpart(body);
		curl_mime_name(part, "photo");
		curl_mime_filename(part, "photo");
		curl_mime_type(part, "application/octet-stream");
		curl_mime_data(part, (const char *)report->photo[i].data,
		    report->photo[i].len);
	}
	return body;
}

static void
options_set(CURL *curl, const struct post *post, struct buf *answer)
{
	curl_easy_reset(curl);
	curl_easy_setopt(curl, CURLOPT_URL, post->url);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "https");
	curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, CONNECT_SECONDS);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, SECONDS_MAX);
	curl_easy_setopt(curl, CURLOPT_USERAGENT, "crm-intake");
	if (post->door->ca_path != NULL) {
		curl_easy_setopt(curl, CURLOPT_CAINFO, post->door->ca_path);
	}
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, answer_take);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, answer);
}

static void
codes_read(struct post_answer *answer, const cJSON *root)
{
	const cJSON *errors = cJSON_GetObjectItemCaseSensitive(root, "errors");
	const cJSON *one;
	size_t at = 0;

	answer->is_only_photos = cJSON_GetArraySize(errors) > 0;
	cJSON_ArrayForEach(one, errors)
	{
		const char *pointer = cJSON_GetStringValue(
		    cJSON_GetObjectItemCaseSensitive(one, "pointer"));
		const char *code = cJSON_GetStringValue(
		    cJSON_GetObjectItemCaseSensitive(one, "code"));

		if (pointer == NULL || code == NULL) {
			continue;
		}
		if (strncmp(pointer, "/photos/", 8) == 0 && pointer[8] >= '0' &&
		    pointer[8] < '0' + POST_PHOTOS_MAX && pointer[9] == '\0') {
			answer->bad_photos |= 1u << (pointer[8] - '0');
		} else {
			answer->is_only_photos = false;
		}
		answer->is_key_reused = answer->is_key_reused ||
		    strcmp(code, "idempotency_key_reused") == 0;
		if (at < sizeof(answer->codes)) {
			at += (size_t)snprintf(answer->codes + at,
			    sizeof(answer->codes) - at, "%s%s %s",
			    at == 0 ? "" : ", ", pointer, code);
		}
	}
}

static void
answer_read(struct post_answer *answer, CURL *curl, const struct buf *text)
{
	struct curl_header *replayed;
	const char *ticket;
	cJSON *root = NULL;

	if (json_parse(&root, text->data, text->len) != OK) {
		root = NULL;
	}
	if (answer->status == 201) {
		ticket = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(
		    cJSON_GetObjectItemCaseSensitive(root, "report"),
		    "ticket"));
		snprintf(answer->ticket, sizeof(answer->ticket), "%s",
		    ticket == NULL ? "" : ticket);
		answer->verdict =
		    curl_easy_header(curl, "Idempotency-Replayed", 0,
			CURLH_HEADER, -1, &replayed) == CURLHE_OK
		    ? POST_AGAIN
		    : POST_TAKEN;
	} else if (answer->status == 401 || answer->status == 403) {
		answer->verdict = POST_SHUT;
	} else if (answer->status >= 400 && answer->status < 500 &&
	    answer->status != 408 && answer->status != 429) {
		answer->verdict = POST_REFUSED;
		codes_read(answer, root);
	}
	cJSON_Delete(root);
}

static void
send_once(struct post_answer *answer, struct post *post,
    const struct post_report *report, unsigned without)
{
	struct curl_slist *headers = NULL;
	curl_mime *body = NULL;
	curl_off_t wait = 0;
	struct buf text;

	*answer = (struct post_answer){.verdict = POST_LATER};
	buf_init(&text, ANSWER_MAX);
	if (token_renew(post) != OK) {
		answer->verdict = POST_SHUT;
		return;
	}
	headers = headers_make(post, report);
	options_set(post->curl, post, &text);
	body = body_make(post->curl, report, without);
	curl_easy_setopt(post->curl, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(post->curl, CURLOPT_MIMEPOST, body);
	if (curl_easy_perform(post->curl) == CURLE_OK) {
		curl_easy_getinfo(
		    post->curl, CURLINFO_RESPONSE_CODE, &answer->status);
		curl_easy_getinfo(post->curl, CURLINFO_RETRY_AFTER, &wait);
		answer->wait_s = wait;
		answer_read(answer, post->curl, &text);
	}
	curl_mime_free(body);
	curl_slist_free_all(headers);
	buf_clear(&text);
}

void
post_send(
    struct post_answer *answer, struct post *post, struct post_report *report)
{
	send_once(answer, post, report, 0);
	if (answer->verdict == POST_REFUSED && answer->is_only_photos &&
	    answer->bad_photos != 0) {
		unsigned bad = answer->bad_photos;

		send_once(answer, post, report, bad);
		answer->bad_photos = bad;
	}
}

void
post_key(char out[POST_KEY_LEN], const char *prefix, struct hash *hash)
{
	char hex[2 * HASH_LEN + 1];
	uint8_t digest[HASH_LEN];

	hash_end(digest, hash);
	hex_encode(hex, digest, sizeof(digest));
	snprintf(out, POST_KEY_LEN, "%s-%s", prefix, hex);
}

const char *
post_verdict_name(enum post_verdict verdict)
{
	static const char *const NAMES[POST_VERDICT__COUNT] = {
	    "taken", "again", "refused", "later", "shut"};

	return NAMES[verdict];
}
