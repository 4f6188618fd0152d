/*
 * A form: in the first encoding, or in the other when it starts with "--". What
 * is taken is plain text in fields with names, and photos inside the body.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/heap.h"
#include "core/utf8.h"
#include "http/form.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void
check_text(const char *text, unsigned kinds)
{
	size_t len = strlen(text);

	if (!utf8_is_valid(text, len) || utf8_find(text, len, kinds) != len ||
	    strchr(text, '\r') != NULL)
		abort();
}

static void
check(const struct call *call, const uint8_t *body, size_t len)
{
	const struct call_photo *photo;
	size_t i;

	if (call->form_count > CALL_FORM_MAX ||
	    call->photo_count > CALL_PHOTOS_MAX)
		abort();
	for (i = 0; i < call->form_count; i++) {
		if (call->form[i].name[0] == '\0')
			abort();
		check_text(call->form[i].name, UTF8_CONTROL | UTF8_LINE);
		check_text(call->form[i].value, UTF8_CONTROL);
	}
	for (i = 0; i < call->photo_count; i++) {
		photo = &call->photo[i];
		if (photo->len == 0 || photo->data < body ||
		    photo->data + photo->len > body + len)
			abort();
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	bool has_parts = len > 2 && memcmp(data, "--", 2) == 0;
	struct call *call = heap_new(sizeof(*call));
	uint8_t *body = heap_new(len);

	call->arena = arena_new();
	if (len > 0)
		memcpy(body, data, len);
	if (form_read(call,
		has_parts ? "multipart/form-data; boundary=x"
			  : "application/x-www-form-urlencoded",
		body, len) == OK)
		check(call, body, len);
	arena_free(call->arena);
	heap_free(body);
	heap_free(call);
	return 0;
}
