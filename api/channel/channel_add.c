/*
 * POST /api/v1/channels: an admin adds a way by which reports come in. The same
 * once more is answered as it is, so a retry needs no key.
 *
 * SPDX-License-Identifier: ISC
 */
#include <string.h>

#include "call/input.h"
#include "call/listed.h"
#include "channel/channel.h"
#include "routes.h"

#define CODE_MAX 40

static const char *const body_names[] = {"code", "name", "geotagged", "sandbox",
    "reads_per_minute", "writes_per_minute", NULL};

/* The database's own rule, so that it never has to refuse. */
static const char *
code_read(const struct input *body)
{
	const char *code =
	    input_text(body, "code", INPUT_REQUIRED, 2, CODE_MAX);

	if (code != NULL && code[0] != '\0' &&
	    (strchr("abcdefghijklmnopqrstuvwxyz", code[0]) == NULL ||
		code[strspn(code, "abcdefghijklmnopqrstuvwxyz0123456789_")] !=
		    '\0'))
		(void)call_invalid(body->call, "/code", "format");
	return code;
}

static const char *
flag_read(const struct input *body, const char *name)
{
	const char *flag = input_flag(body, name, INPUT_OPTIONAL);

	return flag != NULL ? flag : "false";
}

enum err
channel_add_ask(struct call *call)
{
	struct input body = input_body(call);

	input_only(&body, body_names);
	const struct db_param param[6] = {
	    db_text(code_read(&body)),
	    db_text(
		input_line(&body, "name", INPUT_REQUIRED, 1, CHANNEL_NAME_MAX)),
	    db_text(flag_read(&body, "geotagged")),
	    db_text(flag_read(&body, "sandbox")),
	    db_text(channel_limit(&body, "reads_per_minute")),
	    db_text(channel_limit(&body, "writes_per_minute")),
	};
	if (!input_is_good(&body))
		return ERR_INVALID;
	db_batch_add(call_batch(call), DB_CHANNEL_ADD, param, 6);
	return call_send(call);
}

enum err
channel_add_answer(struct call *call)
{
	return listed_added(call, "channel", POLICY_CHANNEL);
}
