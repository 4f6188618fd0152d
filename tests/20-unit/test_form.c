/*
 * Forms in both encodings: what is read, what is refused, and what becomes a
 * photo.
 *
 * SPDX-License-Identifier: ISC
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "core/heap.h"
#include "http/form.h"

#define URLENCODED "application/x-www-form-urlencoded"
#define PARTS      "multipart/form-data; boundary=xyz"
#define FIELD(name, value)                                                     \
	"--xyz\r\nContent-Disposition: form-data; name=\"" name                \
	"\"\r\n\r\n" value "\r\n"
#define FILE_OF(name, type, value)                                             \
	"--xyz\r\nContent-Disposition: form-data; name=\"" name                \
	"\"; filename=\"a.jpg\"\r\nContent-Type: " type "\r\n\r\n" value       \
	"\r\n"
#define END "--xyz--\r\n"

static enum err
read_into(struct call *call, const char *type, const char *text)
{
	/* Exactly as long as the text, so that a sanitizer sees overreads. */
	size_t len = strlen(text);
	uint8_t *copy = heap_new(len);
	enum err err;

	memset(call, 0, sizeof(*call));
	call->arena = arena_new();
	memcpy(copy, text, len);
	err = form_read(call, type, copy, len);
	heap_free(copy);
	return err;
}

/* "name=value;…" of what was read, then "+n" for n photos. */
static void
seen_of(char out[512], const struct call *call)
{
	size_t i, len = 0;

	out[0] = '\0';
	for (i = 0; i < call->form_count; i++)
		len += (size_t)snprintf(out + len, 512 - len, "%s=%s;",
		    call->form[i].name, call->form[i].value);
	if (call->photo_count > 0)
		(void)snprintf(out + len, 512 - len, "+%zu", call->photo_count);
}

static const struct {
	enum err err;
	const char *type;
	const char *text;
	const char *seen;
} trials[] = {
    {OK, URLENCODED, "", ""},
    {OK, URLENCODED, "a=1&b=x+y%20z", "a=1;b=x y z;"},
    {OK, URLENCODED, "a=1&&b=&c&", "a=1;b=;c=;"},
    {OK, URLENCODED, "a=b=c", "a=b=c;"},
    {OK, URLENCODED, "attribute[X]=1&attribute%5BX%5D=2",
	"attribute[X]=1;attribute[X]=2;"},
    {OK, URLENCODED, "attribute[X][]=1", "attribute[X][]=1;"},
    {OK, URLENCODED, "d=one%0D%0Atwo%0Dthree%0A%09four",
	"d=one\ntwo\nthree\n\tfour;"},
    {OK, URLENCODED "; charset=utf-8", "a=%C3%A9", "a=\xc3\xa9;"},
    {OK, URLENCODED ";charset=\"UTF-8\"", "a=1", "a=1;"},
    {OK, "Application/X-WWW-Form-URLencoded;", "a=1", "a=1;"},
    {ERR_MALFORMED, URLENCODED, "=1", NULL},
    {ERR_MALFORMED, URLENCODED, "a=%", NULL},
    {ERR_MALFORMED, URLENCODED, "a=%4", NULL},
    {ERR_MALFORMED, URLENCODED, "a=%zz", NULL},
    {ERR_MALFORMED, URLENCODED, "%zz=1", NULL},
    {ERR_MALFORMED, URLENCODED, "a=%00", NULL},
    {ERR_MALFORMED, URLENCODED, "a%0a=1", NULL},
    {ERR_MALFORMED, URLENCODED, "a=%1b", NULL},
    {ERR_MALFORMED, URLENCODED, "a=%ff", NULL},
    {ERR_MEDIA_TYPE, URLENCODED "; charset=latin1", "a=1", NULL},
    {ERR_MEDIA_TYPE, URLENCODED "x", "a=1", NULL},
    {ERR_MEDIA_TYPE, "application/json", "{}", NULL},
    {ERR_MEDIA_TYPE, NULL, "a=1", NULL},
    {OK, PARTS, FIELD("a", "1") FIELD("b[]", "x\r\ny") END, "a=1;b[]=x\ny;"},
    {OK, PARTS, FIELD("a", "1") FIELD("a", "2") END, "a=1;a=2;"},
    {OK, PARTS,
	FIELD("a", "1") FILE_OF("media", "image/jpeg", "JPEG")
	    FILE_OF("photo[]", "application/octet-stream", "PNG")
		FILE_OF("else", "image/webp", "WEBP") END,
	"a=1;+3"},
    {OK, PARTS,
	FILE_OF("media", "application/octet-stream", "") FIELD("a", "1") END,
	"a=1;"},
    {ERR_MALFORMED, PARTS, FIELD("a", "\x1b") END, NULL},
    {ERR_MALFORMED, PARTS, FIELD("a", "\xff") END, NULL},
    {ERR_MALFORMED, PARTS, FIELD("a b", "1") END, NULL},
    {ERR_MALFORMED, PARTS, FIELD("a", "1"), NULL},
    {ERR_MALFORMED, PARTS, "", NULL},
};

static void
forms_are_read_or_refused(void **state)
{
	struct call call;
	char seen[512];
	size_t i;
	enum err err;

	(void)state;
	for (i = 0; i < sizeof(trials) / sizeof(trials[0]); i++) {
		err = read_into(&call, trials[i].type, trials[i].text);
		if (err != trials[i].err)
			print_error("form %s", trials[i].text);
		assert_int_equal(err, trials[i].err);
		if (err == OK) {
			seen_of(seen, &call);
			assert_string_equal(seen, trials[i].seen);
		}
		if (err == ERR_MALFORMED)
			assert_string_equal(call.answer.fault[0].code, "form");
		arena_free(call.arena);
	}
}

static void
add(char text[2048], const char *more)
{
	size_t len = strlen(text);

	assert_true(len + strlen(more) < 2048);
	memcpy(text + len, more, strlen(more) + 1);
}

static void
fields_and_photos_are_counted(void **state)
{
	static const char photo[] = FILE_OF("media", "image/jpeg", "JPEG");
	struct call call;
	char text[2048] = "";
	size_t i;

	(void)state;
	for (i = 0; i < CALL_FORM_MAX; i++)
		add(text, "a=1&");
	assert_int_equal(read_into(&call, URLENCODED, text), OK);
	assert_int_equal(call.form_count, CALL_FORM_MAX);
	arena_free(call.arena);
	add(text, "b=1");
	assert_int_equal(read_into(&call, URLENCODED, text), ERR_INVALID);
	assert_string_equal(call.answer.fault[0].code, "too_many");
	arena_free(call.arena);
	text[0] = '\0';
	for (i = 0; i <= CALL_PHOTOS_MAX; i++)
		add(text, photo);
	add(text, END);
	assert_int_equal(read_into(&call, PARTS, text), ERR_INVALID);
	assert_string_equal(call.answer.fault[0].pointer, "/media");
	arena_free(call.arena);
}

static void
all_fields_together_are_small(void **state)
{
	static const char head[] = "--xyz\r\nContent-Disposition: form-data; "
				   "name=\"a\"\r\n\r\n";
	size_t head_len = sizeof(head) - 1;
	char *text = heap_new(FORM_BYTES_MAX + 1024);
	struct call call;

	(void)state;
	memset(text, 'a', FORM_BYTES_MAX + 1);
	text[FORM_BYTES_MAX] = '\0';
	assert_int_equal(read_into(&call, URLENCODED, text), OK);
	arena_free(call.arena);
	text[FORM_BYTES_MAX] = 'a';
	text[FORM_BYTES_MAX + 1] = '\0';
	assert_int_equal(read_into(&call, URLENCODED, text), ERR_TOO_LARGE);
	arena_free(call.arena);
	memcpy(text, head, head_len);
	memset(text + head_len, 'a', FORM_BYTES_MAX + 1);
	memcpy(text + head_len + FORM_BYTES_MAX + 1, "\r\n" END,
	    sizeof("\r\n" END));
	assert_int_equal(read_into(&call, PARTS, text), ERR_TOO_LARGE);
	arena_free(call.arena);
	heap_free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(forms_are_read_or_refused),
	    cmocka_unit_test(fields_and_photos_are_counted),
	    cmocka_unit_test(all_fields_together_are_small),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
