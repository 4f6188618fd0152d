/*
 * The headers that say who asks, one a line: cookie, authorization, content
 * type, accept-language, accept-encoding, if-none-match, then the body. Nobody
 * becomes anyone without a key, and a session token is of our alphabet.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "call/service.h"
#include "http/client.h"
#include "http/request.h"

#define LINES 6

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static struct service service;
static struct jwt_verifier *verifier;

static void
start(void)
{
	static const uint8_t root[KEYS_LEN] = {1};

	if (verifier != NULL)
		return;
	service.keys = keys_new(root);
	verifier = jwt_verifier_new();
}

static void
run(struct call *call, const struct request *request)
{
	bool unknown_key;

	if (request_read(call, request) != OK)
		return;
	if (call->session_token != NULL &&
	    (strlen(call->session_token) > REQUEST_TOKEN_MAX ||
		strpbrk(call->session_token, " ;=\"\\") != NULL))
		abort();
	if (request_viewer(call, request, verifier, 0, &unknown_key) == OK &&
	    call->session_token == NULL)
		abort();
	if (request_body(call, request) == OK && call->body == NULL)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	static const struct route row = {METHOD_POST, "/w",
	    VIEWER_WORK | VIEWER_CHANNEL, BODY_PARTS, "event", "w", NULL, NULL};
	struct request request = {.method = METHOD_POST, .x_crm = "1"};
	struct client_request file = {.path = "/", .is_get = true};
	const char *line[LINES] = {NULL};
	struct call call = {0};
	const uint8_t *end;
	struct headers headers;
	const uint8_t *body;
	size_t i, body_len;

	start();
	call_init(&call);
	call.arena = arena_new();
	call.service = &service;
	call.route = &row;
	for (i = 0; i < LINES && len > 0; i++) {
		end = memchr(data, '\n', len);
		if (end == NULL)
			break;
		if (end != data)
			line[i] =
			    arena_text(call.arena, data, (size_t)(end - data));
		len -= (size_t)(end - data) + 1;
		data = end + 1;
	}
	request.cookie = line[0];
	request.authorization = line[1];
	request.content_type = line[2];
	request.accept_language = line[3];
	file.accept_encoding = line[4];
	file.if_none_match = line[5];
	request.body = data;
	request.body_len = len;
	(void)request_language(&request);
	run(&call, &request);
	if (client_open(&headers, &body, &body_len, &file) == OK)
		abort(); /* nothing was loaded */
	call_drop(&call);
	arena_free(call.arena);
	return 0;
}
