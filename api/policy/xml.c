/*
 * JSON of our own as XML. See xml.h.
 *
 * SPDX-License-Identifier: ISC
 */
#include "policy/xml.h"

#include <cjson/cJSON.h>
#include <libxml/xmlwriter.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/check.h"

/* What one entry of a list is called. */
static const struct {
	const char *list;
	const char *entry;
} names[] = {
    {"services", "service"},
    {"service_requests", "request"},
    {"errors", "error"},
    {"endpoints", "endpoint"},
    {"formats", "format"},
    {"attributes", "attribute"},
    {"values", "value"},
};

static const char *
entry_name(const char *list)
{
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(names[i].list, list) == 0)
			return names[i].entry;
	must(false, "every list has a name for its entries");
	return NULL;
}

/* True where three bytes are U+FFFE or U+FFFF. */
static bool
is_noncharacter(const char *at)
{
	return (uint8_t)at[0] == 0xef && (uint8_t)at[1] == 0xbf &&
	    (uint8_t)at[2] >= 0xbe;
}

/* Replaces in place what XML 1.0 has no way to write. */
static void
text_clean(char *text)
{
	static const char replacement[] = "\xef\xbf\xbd";

	for (; *text != '\0'; text++) {
		if (is_noncharacter(text))
			memcpy(text, replacement, sizeof(replacement) - 1);
		else if (*text > 0 && *text < 0x20 && *text != '\t' &&
		    *text != '\n' && *text != '\r')
			*text = '?';
	}
}

static void put_value(xmlTextWriterPtr, const char *name, const cJSON *);

static void
put_inside(xmlTextWriterPtr writer, const char *name, const cJSON *value)
{
	const cJSON *one;
	char number[32];

	if (cJSON_IsString(value)) {
		text_clean(value->valuestring);
		(void)xmlTextWriterWriteString(
		    writer, (const xmlChar *)value->valuestring);
	} else if (cJSON_IsNumber(value)) {
		(void)snprintf(
		    number, sizeof(number), "%.15g", value->valuedouble);
		(void)xmlTextWriterWriteString(writer, (xmlChar *)number);
	} else if (cJSON_IsBool(value)) {
		(void)xmlTextWriterWriteString(writer,
		    (const xmlChar *)(cJSON_IsTrue(value) ? "true" : "false"));
	} else {
		cJSON_ArrayForEach(one, value) put_value(writer,
		    cJSON_IsArray(value) ? entry_name(name) : one->string, one);
	}
}

static void
put_value(xmlTextWriterPtr writer, const char *name, const cJSON *value)
{
	(void)xmlTextWriterStartElement(writer, (const xmlChar *)name);
	put_inside(writer, name, value);
	/* <name></name> rather than <name/>: old clients know no other. */
	(void)xmlTextWriterFullEndElement(writer);
}

void
xml_of_json(struct buf *out, const char *root, const void *json, size_t len)
{
	cJSON *value = cJSON_ParseWithLength(json, len);
	xmlBufferPtr text = xmlBufferCreate();
	xmlTextWriterPtr writer =
	    text == NULL ? NULL : xmlNewTextWriterMemory(text, 0);

	if (value == NULL || writer == NULL) {
		out->failed = true;
		goto done;
	}
	(void)xmlTextWriterStartDocument(writer, NULL, "UTF-8", NULL);
	put_value(writer, root, value);
	if (xmlTextWriterEndDocument(writer) < 0 ||
	    xmlTextWriterFlush(writer) < 0)
		out->failed = true;
	buf_put(out, xmlBufferContent(text), (size_t)xmlBufferLength(text));
done:
	if (writer != NULL)
		xmlFreeTextWriter(writer);
	if (text != NULL)
		xmlBufferFree(text);
	cJSON_Delete(value);
}
