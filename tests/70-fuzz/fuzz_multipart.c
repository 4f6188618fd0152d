/*
 * A multipart body. The first byte says how long the boundary is that follows
 * it, the rest is the body; parts must lie inside it, in order, unnested.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/heap.h"
#include "http/multipart.h"

#define TYPE "multipart/form-data; boundary="

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void
check(const struct multipart *parts, const uint8_t *body, size_t len)
{
	const uint8_t *last = body;

	if (parts->count > MULTIPART_PARTS_MAX) {
		abort();
	}
	for (size_t i = 0; i < parts->count; i++) {
		const struct multipart_part *part = &parts->part[i];

		if (part->data < last || part->len > len ||
		    part->data + part->len > body + len ||
		    part->name[0] == '\0' || part->type[0] == '\0' ||
		    strlen(part->name) > MULTIPART_NAME_MAX ||
		    strlen(part->type) > MULTIPART_TYPE_MAX) {
			abort();
		}
		last = part->data + part->len;
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct multipart parts;
	char type[sizeof(TYPE) + 256] = TYPE;
	size_t boundary_len;
	uint8_t *body;

	if (len == 0) {
		return 0;
	}
	boundary_len = data[0] < len - 1 ? data[0] : len - 1;
	memcpy(type + sizeof(TYPE) - 1, data + 1, boundary_len);
	len -= 1 + boundary_len;
	body = heap_new(len);
	memcpy(body, data + 1 + boundary_len, len);
	if (multipart_parse(&parts, type, body, len) == OK) {
		check(&parts, body, len);
	}
	heap_free(body);
	return 0;
}
