/*
 * PATCH /api/v1/channels/{id}: an admin suspends a channel, lets it in again,
 * or changes its name and limits. What is not sent stays.
 *
 * SPDX-License-Identifier: ISC
 */
#include "call/input.h"
#include "call/listed.h"
#include "channel/channel.h"
#include "routes.h"

static const char *const body_names[] = {
    "name", "active", "reads_per_minute", "writes_per_minute", NULL};

enum err
channel_edit_ask(struct call *call)
{
	struct input body = input_body(call);

	input_only(&body, body_names);
	const struct db_param param[5] = {
	    call_id(call),
	    db_text(
		input_line(&body, "name", INPUT_OPTIONAL, 1, CHANNEL_NAME_MAX)),
	    db_text(input_flag(&body, "active", INPUT_OPTIONAL)),
	    db_text(channel_limit(&body, "reads_per_minute")),
	    db_text(channel_limit(&body, "writes_per_minute")),
	};
	if (!input_is_good(&body))
		return ERR_INVALID;
	db_batch_add(call_batch(call), DB_CHANNEL_EDIT, param, 5);
	return call_send(call);
}

enum err
channel_edit_answer(struct call *call)
{
	return listed_edited(call, "channel", POLICY_CHANNEL);
}
