/*
 * POST /api/v1/words: an admin adds a word to the filter. A word that is there
 * already is answered as it is, so a retry needs no key.
 *
 * SPDX-License-Identifier: ISC
 */
#include "call/input.h"
#include "call/listed.h"
#include "routes.h"

#define WORD_MAX 60

static const char *const body_names[] = {"word", "kind", NULL};
static const char *const kinds[] = {"abuse", "emergency", NULL};

enum err
word_add_ask(struct call *call)
{
	struct input body = input_body(call);
	struct db_param param[2];

	input_only(&body, body_names);
	param[0] =
	    db_text(input_line(&body, "word", INPUT_REQUIRED, 2, WORD_MAX));
	param[1] = db_text(input_word(&body, "kind", INPUT_REQUIRED, kinds));
	if (!input_is_good(&body))
		return ERR_INVALID;
	db_batch_add(call_batch(call), DB_WORD_ADD, param, 2);
	return call_send(call);
}

enum err
word_add_answer(struct call *call)
{
	return listed_added(call, "word", POLICY_WORD);
}
