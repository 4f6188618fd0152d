/*
 * Strict JSON: what the scan takes, cJSON reads whole, and every text in it
 * survives our writer; what the scan refuses, the parser refuses.
 *
 * SPDX-License-Identifier: ISC
 */
#include <stdint.h>
#include <string.h>

#include "core/check.h"
#include "core/heap.h"
#include "core/json.h"
#include "core/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void
text_check(const char *text)
{
	size_t len = strlen(text);
	struct buf buf;
	cJSON *again = NULL;

	must(utf8_is_valid(text, len), "texts are UTF-8");
	buf_init(&buf, 6 * len + 2);
	json_write_text(&buf, text, len);
	must(!buf.failed, "an escape has at most six bytes");
	must(json_parse(&again, buf.data, buf.len) == OK,
	    "what is written can be read");
	must(
	    strcmp(again->valuestring, text) == 0, "and says what was written");
	cJSON_Delete(again);
	buf_clear(&buf);
}

/* No key twice, not by case either; all texts come back. */
static void
item_check(const cJSON *item, int depth)
{
	const cJSON *child, *other;

	must(depth <= JSON_DEPTH_MAX, "the depth is limited");
	if (cJSON_IsString(item))
		text_check(item->valuestring);
	cJSON_ArrayForEach(child, item)
	{
		if (cJSON_IsObject(item)) {
			text_check(child->string);
			for (other = child->next; other != NULL;
			     other = other->next) {
				must(strcasecmp(child->string, other->string) !=
					0,
				    "no key comes twice");
			}
		}
		item_check(child,
		    depth + (cJSON_IsObject(child) || cJSON_IsArray(child)));
	}
}

/* White space around changes nothing; anything else does. */
static void
edges_check(const uint8_t *data, size_t len)
{
	char *text = heap_new(len + 2);

	memcpy(text + 1, data, len);
	text[0] = ' ';
	text[len + 1] = '\n';
	must(json_scan(text, len + 2, NULL) == JSON_FINE,
	    "white space around is fine");
	text[len + 1] = ']';
	must(json_scan(text, len + 2, NULL) != JSON_FINE,
	    "nothing follows the value");
	text[len + 1] = '\0';
	must(json_scan(text, len + 2, NULL) != JSON_FINE,
	    "no NUL follows the value");
	heap_free(text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	size_t offset = SIZE_MAX;
	enum json_flaw flaw = json_scan(data, len, &offset);
	cJSON *root = NULL;
	enum err err = json_parse(&root, data, len);
	char *printed;

	must(offset <= len, "a flaw is inside the text");
	must((flaw == JSON_FINE) == (err == OK), "scan and parser agree");
	if (flaw != JSON_FINE)
		return 0;
	must(utf8_is_valid(data, len), "strict JSON is UTF-8");
	item_check(root, cJSON_IsObject(root) || cJSON_IsArray(root));
	edges_check(data, len);
	printed = cJSON_PrintUnformatted(root);
	must(printed != NULL &&
		json_scan(printed, strlen(printed), NULL) == JSON_FINE,
	    "what cJSON prints is strict JSON");
	cJSON_free(printed);
	cJSON_Delete(root);
	return 0;
}
