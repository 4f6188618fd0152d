/*
 * Problem answers. See problem.h.
 *
 * SPDX-License-Identifier: ISC
 */
#include "policy/problem.h"

#include <string.h>

#include "policy/policy.h"
#include "policy/write.h"

static const struct {
	const char *code;
	const char *detail[LANG__COUNT];
} details[] = {
#define P(code, en, id) {code, {en, id}},
#include "policy/problems.def"
#undef P
};

/* Fixed text for a code; the code itself when it is a new one. */
static const char *
detail_of(const char *code, enum lang lang)
{
	size_t i;

	for (i = 0; i < sizeof(details) / sizeof(details[0]); i++)
		if (strcmp(details[i].code, code) == 0)
			return details[i].detail[lang];
	return code;
}

static void
put_member(struct buf *out, const char *key, const char *value)
{
	buf_text(out, key);
	write_text(out, value, strlen(value));
}

static void
put_faults(struct answer *answer, enum lang lang)
{
	struct buf *out = &answer->body;
	size_t i;

	buf_text(out, ",\"errors\":[");
	for (i = 0; i < answer->fault_count; i++) {
		put_member(out, i == 0 ? "{\"pointer\":" : ",{\"pointer\":",
		    answer->fault[i].pointer);
		put_member(out, ",\"code\":", answer->fault[i].code);
		put_member(out, ",\"detail\":",
		    detail_of(answer->fault[i].code, lang));
		buf_byte(out, '}');
	}
	buf_byte(out, ']');
}

void
policy_problem(struct answer *answer, enum err err, enum lang lang,
    const char *request_id)
{
	const struct policy_view view = {READER_PUBLIC, lang};
	struct buf *out = &answer->body;
	const char *code = answer->detail_code;

	policy_begin(answer, &view, err_status(err), CONFIDENTIALITY_PUBLIC);
	answer->media_type = "application/problem+json";
	answer->etag = NULL;
	answer->location = NULL;
	buf_text(out, ",\"type\":\"/problems/");
	buf_text(out, err_slug(err));
	put_member(out, "\",\"title\":", err_title(err, lang));
	buf_text(out, ",\"status\":");
	buf_int(out, err_status(err));
	put_member(out, ",\"detail\":",
	    answer->fault_count > 0 ?
		detail_of(answer->fault[0].code, lang) :
		err_title(err, lang));
	put_member(out, ",\"request_id\":", request_id);
	if (code != NULL)
		put_member(out, ",\"code\":", code);
	if (answer->fault_count > 0)
		put_faults(answer, lang);
	policy_end(answer);
	if (err == ERR_UNAVAILABLE && answer->retry_after == 0)
		answer->retry_after = 1;
}
