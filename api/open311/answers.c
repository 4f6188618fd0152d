/*
 * Answers to the questions of a service. See answers.h.
 *
 * SPDX-License-Identifier: ISC
 */
#include "open311/answers.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/utf8.h"

#define STRING_MAX 200
#define TEXT_MAX   2000

/* One question and the rows of its choices. */
struct question {
	struct call *call;
	const struct db_rows *rows;
	size_t row; /* its first */
	size_t rows_count;
	const char *code;
	const char *datatype;
	size_t answer_count;
};

static const char *
column(const struct question *question, size_t row, const char *name)
{
	return db_rows_text(
	    question->rows, row, db_rows_column(question->rows, name, 0));
}

static void
refuse(const struct question *question, const char *code)
{
	(void)call_invalid(question->call,
	    arena_format(
		question->call->arena, "/attribute[%s]", question->code),
	    code);
}

/* "attribute[CODE]", also with "[]" or "[0]" behind it. */
static bool
is_answer(const struct question *question, const char *name)
{
	static const char head[] = "attribute[";
	size_t len = strlen(question->code);

	if (strncmp(name, head, sizeof(head) - 1) != 0)
		return false;
	name += sizeof(head) - 1;
	if (strncmp(name, question->code, len) != 0 || name[len] != ']')
		return false;
	name += len + 1;
	if (*name == '\0')
		return true;
	if (*name++ != '[')
		return false;
	name += strspn(name, "0123456789");
	return strcmp(name, "]") == 0;
}

static bool
is_number(const char *text)
{
	char *end;
	double value;

	if (strspn(text, "+-.0123456789eE") != strlen(text))
		return false;
	value = strtod(text, &end);
	return end != text && *end == '\0' && isfinite(value);
}

/* ISO 8601: a day, or a time with or without seconds and offset. */
static bool
is_time(struct arena *arena, const char *text)
{
	static const struct {
		size_t len;
		const char *rest;
	} forms[] = {{10, "T00:00:00Z"}, {16, ":00Z"}, {19, "Z"}};
	size_t i, len = strlen(text);
	int64_t us;

	for (i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
		if (len == forms[i].len) {
			text = arena_format(arena, "%s%s", text, forms[i].rest);
			break;
		}
	return clock_parse(&us, text, strlen(text)) == OK;
}

/* What the key means, or NULL. */
static const char *
choice_name(const struct question *question, const char *text)
{
	const char *key;
	size_t i;

	for (i = 0; i < question->rows_count; i++) {
		key = column(question, question->row + i, "key");
		if (key != NULL && strcmp(key, text) == 0)
			return column(question, question->row + i, "name");
	}
	return NULL;
}

static bool
is_list(const struct question *question)
{
	return strcmp(question->datatype, "singlevaluelist") == 0 ||
	    strcmp(question->datatype, "multivaluelist") == 0;
}

/* The answer as people read it, or NULL with a fault. */
static const char *
answer_read(const struct question *question, const char *text)
{
	bool is_text = strcmp(question->datatype, "text") == 0;
	const char *code = NULL;

	if (is_list(question)) {
		text = choice_name(question, text);
		code = text == NULL ? "unknown" : NULL;
	} else if (strcmp(question->datatype, "number") == 0) {
		code = is_number(text) ? NULL : "format";
	} else if (strcmp(question->datatype, "datetime") == 0) {
		code = is_time(question->call->arena, text) ? NULL : "format";
	} else if (!is_text && strpbrk(text, "\t\n") != NULL) {
		code = "characters";
	}
	if (code == NULL &&
	    utf8_count(text, strlen(text)) > (is_text ? TEXT_MAX : STRING_MAX))
		code = "too_long";
	if (code != NULL)
		refuse(question, code);
	return code == NULL ? text : NULL;
}

static void
answer_put(struct buf *out, struct question *question, const char *text)
{
	const char *asked = column(question, question->row, "description");
	size_t len = strlen(asked);

	text = answer_read(question, text);
	if (text == NULL)
		return;
	if (question->answer_count++ > 0) {
		if (strcmp(question->datatype, "multivaluelist") != 0)
			refuse(question, "duplicate");
		buf_text(out, ", ");
	} else {
		buf_text(out, out->len > 0 ? "\n" : "");
		buf_text(out, asked);
		buf_text(out, len > 0 && asked[len - 1] == '?' ? " " : ": ");
	}
	buf_text(out, text);
}

static void
question_put(struct buf *out, struct question *question)
{
	const char *required = column(question, question->row, "required");
	const char *variable = column(question, question->row, "variable");
	const struct call *call = question->call;
	bool is_tried = false;
	size_t i;

	if (variable[0] != 't')
		return;
	for (i = 0; i < call->form_count; i++) {
		if (!is_answer(question, call->form[i].name) ||
		    call->form[i].value[0] == '\0')
			continue;
		is_tried = true;
		answer_put(out, question, call->form[i].value);
	}
	if (!is_tried && required[0] == 't')
		refuse(question, "required");
}

void
answers_put(struct buf *out, struct call *call, const struct db_rows *rows)
{
	struct question question = {.call = call, .rows = rows};
	size_t count = db_rows_count(rows);
	const char *next;

	while (question.row < count) {
		question.code = column(&question, question.row, "code");
		if (question.code == NULL)
			return;
		question.datatype = column(&question, question.row, "datatype");
		question.rows_count = 1;
		while (question.row + question.rows_count < count) {
			next = column(&question,
			    question.row + question.rows_count, "code");
			if (strcmp(next, question.code) != 0)
				break;
			question.rows_count++;
		}
		question.answer_count = 0;
		question_put(out, &question);
		question.row += question.rows_count;
	}
}
