/*
 * What came in, checked and put into the fields of the call.
 *
 * SPDX-License-Identifier: ISC
 */
#include "http/request.h"

#include <string.h>
#include <strings.h>

#include "call/service.h"
#include "core/hash.h"
#include "core/json.h"
#include "http/form.h"
#include "http/language.h"
#include "http/multipart.h"
#include "http/query.h"

/* A network, not a person: /24 or /48 of the peer, keyed. */
static void
source_hash(struct call *call, const struct request *request)
{
	static const uint8_t mapped[12] = {[10] = 0xff, [11] = 0xff};
	const uint8_t *peer = request->peer;
	size_t len = request->peer_len;
	uint8_t network[7] = {0};

	if (len == 16 && memcmp(peer, mapped, sizeof(mapped)) == 0) {
		peer += 12;
		len = 4;
	}
	network[0] = len == 4 ? 4 : 6;
	if (peer != NULL)
		memcpy(network + 1, peer, len == 4 ? 3 : 6);
	hash_hmac(call->source, keys_get(call->service->keys, KEYS_SOURCE),
	    KEYS_LEN, network, sizeof(network));
}

static bool
is_token(const char *text, size_t len)
{
	size_t i;

	if (len < 16 || len > REQUEST_TOKEN_MAX)
		return false;
	for (i = 0; i < len; i++)
		if (strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvw"
			   "xyz0123456789-_",
			text[i]) == NULL)
			return false;
	return true;
}

/* The session cookie among the others. One that cannot be ours is none. */
static enum err
cookie_read(struct call *call, const char *text)
{
	static const char name[] = REQUEST_COOKIE "=";
	size_t len;
	bool is_seen = false;

	while (text != NULL && *text != '\0') {
		text += strspn(text, " ");
		len = strcspn(text, ";");
		if (strncmp(text, name, sizeof(name) - 1) == 0) {
			if (is_seen)
				return ERR_MALFORMED;
			is_seen = true;
			if (is_token(text + sizeof(name) - 1,
				len - (sizeof(name) - 1)))
				call->session_token = arena_text(call->arena,
				    text + sizeof(name) - 1,
				    len - (sizeof(name) - 1));
		}
		text += len;
		if (*text == ';')
			text++;
	}
	return OK;
}

enum lang
request_language(const struct request *request)
{
	const char *wish = request->accept_language;

	return language_choose(wish, wish != NULL ? strlen(wish) : 0);
}

enum err
request_read(struct call *call, const struct request *request)
{
	enum err err;
	size_t len;

	source_hash(call, request);
	call->host = request->host;
	call->if_match = request->if_match;
	call->idempotency_key = request->idempotency_key;
	call->is_phone =
	    request->mobile != NULL && strcmp(request->mobile, "?1") == 0;
	err = cookie_read(call, request->cookie);
	if (err != OK)
		return err;
	len = request->query != NULL ? strlen(request->query) : 0;
	if (call->answer.format != ANSWER_OWN)
		return query_parse_loose(call->query, &call->query_count,
		    call->arena, request->query, len);
	return query_parse(
	    call->query, &call->query_count, call->arena, request->query, len);
}

/* Browsers say where a request comes from; what is said must be us. */
static bool
is_same_site(const struct request *request)
{
	static const char scheme[] = "https://";

	if (request->fetch_site != NULL &&
	    strcmp(request->fetch_site, "same-origin") != 0)
		return false;
	if (request->origin == NULL)
		return true;
	return request->host != NULL &&
	    strncasecmp(request->origin, scheme, sizeof(scheme) - 1) == 0 &&
	    strcasecmp(request->origin + sizeof(scheme) - 1, request->host) ==
	    0;
}

bool
request_bearer(
    const char **token, size_t *token_len, const char *value, size_t len)
{
	static const char scheme[] = "Bearer ";

	if (len < sizeof(scheme) - 1 ||
	    strncasecmp(value, scheme, sizeof(scheme) - 1) != 0)
		return false;
	*token = value + sizeof(scheme) - 1;
	*token_len = len - (sizeof(scheme) - 1);
	return true;
}

static enum err
viewer_of_channel(struct call *call, const struct request *request,
    struct jwt_verifier *verifier, int64_t now_ms, bool *unknown_key)
{
	char kid[JWT_KID_MAX + 1];
	enum jwt_verdict verdict;
	const char *token;
	size_t len;

	if (!request_bearer(&token, &len, request->authorization,
		strlen(request->authorization)))
		return ERR_UNAUTHENTICATED;
	verdict = jwt_verify(kid, verifier, token, len, now_ms);
	*unknown_key = verdict == JWT_UNKNOWN_KEY;
	if (verdict != JWT_VALID)
		return ERR_UNAUTHENTICATED;
	call->viewer.key_id = arena_text(call->arena, kid, strlen(kid));
	if ((call->route->readers & VIEWER_CHANNEL) == 0)
		return ERR_FORBIDDEN;
	call->viewer.reader = READER_CHANNEL;
	return OK;
}

enum err
request_viewer(struct call *call, const struct request *request,
    struct jwt_verifier *verifier, int64_t now_ms, bool *unknown_key)
{
	bool is_write = request->method != METHOD_GET;

	*unknown_key = false;
	/* Everyone is the public there; no cookie gives more, or is looked at. */
	if (call->route->readers == VIEWER_PUBLIC)
		return OK;
	/* A form says it itself: request_body(). */
	if (call->route->body == BODY_FORM)
		return OK;
	/* Signing in as someone else's account is a write from afar too. */
	if (call->route->readers == 0)
		return is_write && !is_same_site(request) ? ERR_FORBIDDEN : OK;
	if (request->authorization != NULL && call->session_token != NULL)
		return ERR_MALFORMED;
	if (request->authorization != NULL)
		return viewer_of_channel(
		    call, request, verifier, now_ms, unknown_key);
	if (call->session_token == NULL)
		return ERR_UNAUTHENTICATED;
	if (is_write &&
	    (request->x_crm == NULL || strcmp(request->x_crm, "1") != 0 ||
		!is_same_site(request)))
		return ERR_FORBIDDEN;
	if ((call->route->readers & VIEWER_STAFF) == 0)
		return ERR_FORBIDDEN;
	return OK;
}

static bool
is_json(const char *type)
{
	static const char json[] = "application/json";

	if (type == NULL || strncasecmp(type, json, sizeof(json) - 1) != 0)
		return false;
	type += sizeof(json) - 1;
	if (*type == '\0')
		return true;
	type += strspn(type, " ");
	if (*type++ != ';')
		return false;
	type += strspn(type, " ");
	return strcasecmp(type, "charset=utf-8") == 0;
}

/* A malformed body, with the reason among the faults. */
static enum err
fault(struct call *call, const char *code)
{
	(void)call_invalid(call, "", code);
	return ERR_MALFORMED;
}

static enum err
json_read(struct call *call, const uint8_t *data, size_t len)
{
	if (len > REQUEST_JSON_MAX)
		return ERR_TOO_LARGE;
	if (json_parse(&call->body, data, len) != OK)
		return fault(call, "json");
	if (!cJSON_IsObject(call->body))
		return fault(call, "json");
	call->body_text = data;
	call->body_len = len;
	return OK;
}

/* A part is the JSON, a photo, or something nobody asked for. */
static enum err
part_read(struct call *call, const struct multipart_part *part,
    const struct multipart_part **json)
{
	if (strcmp(part->name, call->route->part) == 0) {
		if (strcmp(part->type, "application/json") != 0 &&
		    strcmp(part->type, "text/plain") != 0)
			return ERR_MEDIA_TYPE;
		*json = part;
		return OK;
	}
	if (strcmp(part->name, MULTIPART_REPEATED) != 0)
		return fault(call, "multipart");
	if (call->photo_count == CALL_PHOTOS_MAX)
		return call_invalid(call, "/photos", "too_many");
	call->photo[call->photo_count].data = part->data;
	call->photo[call->photo_count].len = part->len;
	call->photo_count++;
	return OK;
}

static enum err
parts_read(struct call *call, const struct request *request)
{
	const struct multipart_part *json = NULL;
	struct multipart parts;
	enum err err;
	size_t i;

	err = multipart_parse(
	    &parts, request->content_type, request->body, request->body_len);
	if (err == ERR_MALFORMED && parts.fault == MULTIPART_TOO_MANY)
		return call_invalid(call, "/photos", "too_many");
	if (err == ERR_MALFORMED)
		return fault(call, "multipart");
	if (err != OK)
		return err;
	for (i = 0; i < parts.count; i++) {
		err = part_read(call, &parts.part[i], &json);
		if (err != OK)
			return err;
	}
	if (json == NULL)
		return call_invalid(call, "", "required");
	return json_read(call, json->data, json->len);
}

/* A form and the key in it, which is a channel's. */
static enum err
form_take(struct call *call, const struct request *request)
{
	const char *key = NULL;
	uint8_t *digest;
	enum err err;
	size_t i;

	err = form_read(
	    call, request->content_type, request->body, request->body_len);
	if (err != OK)
		return err;
	for (i = 0; i < call->form_count; i++)
		if (strcmp(call->form[i].name, "api_key") == 0)
			key = call->form[i].value;
	if (key == NULL || key[0] == '\0') {
		(void)call_invalid(call, "/api_key", "required");
		return ERR_FORBIDDEN;
	}
	digest = arena_get(call->arena, HASH_LEN);
	hash_sha256(digest, key, strlen(key));
	call->viewer.reader = READER_CHANNEL;
	call->viewer.api_key = digest;
	return OK;
}

enum err
request_body(struct call *call, const struct request *request)
{
	static const char parts[] = "multipart/form-data";

	if (request->method == METHOD_GET || request->method == METHOD_DELETE)
		return OK; /* the guard lets no body through */
	switch (call->route->body) {
	case BODY_NONE:
		return request->body_len > 0 ? ERR_MEDIA_TYPE : OK;
	case BODY_PARTS:
		if (request->content_type != NULL &&
		    strncasecmp(
			request->content_type, parts, sizeof(parts) - 1) == 0)
			return parts_read(call, request);
		break;
	case BODY_FORM:
		return form_take(call, request);
	case BODY_JSON:
		break;
	}
	if (!is_json(request->content_type))
		return ERR_MEDIA_TYPE;
	return json_read(call, request->body, request->body_len);
}
