/*
 * One mail taken apart by GMime, see message.h.
 *
 * Of alternatives the plain text is taken, else the HTML's words; all other
 * texts follow one another. Signature and quoted text stay: what they mean is
 * for people to judge.
 *
 * SPDX-License-Identifier: ISC
 */
#include "intake/message.h"

#include <stdbool.h>
#include <string.h>

#include <gmime/gmime.h>

#include "intake/charset.h"
#include "intake/frame.h"
#include "intake/html.h"

#define DEPTH_MAX       20
#define TEXT_MAX        ((size_t)1024 * 1024)
#define PHOTOS_MAX      5
#define PHOTO_BYTES_MAX ((size_t)10 * 1000 * 1000)
/* The API takes 32 MB in all. */
#define PHOTOS_BYTES_MAX ((size_t)30 * 1000 * 1000)

struct reading {
	struct buf *out;
	struct buf text;
	size_t photos;
	size_t photo_bytes;
};

static bool
is_blank(const struct buf *text, size_t from)
{
	for (size_t i = from; i < text->len; i++) {
		if (strchr(" \t\r\n", text->data[i]) == NULL) {
			return false;
		}
	}
	return true;
}

static bool
is_type(GMimeObject *part, const char *type, const char *subtype)
{
	GMimeContentType *is = g_mime_object_get_content_type(part);

	return is != NULL && g_mime_content_type_is_type(is, type, subtype);
}

/* By what the bytes are: names and types of attachments are hearsay. */
static bool
is_photo(const GByteArray *bytes)
{
	return (bytes->len > 12 &&
		   memcmp(bytes->data, "\xff\xd8\xff", 3) == 0) ||
	    (bytes->len > 12 &&
		memcmp(bytes->data, "\x89PNG\r\n\x1a\n", 8) == 0) ||
	    (bytes->len > 12 && memcmp(bytes->data, "RIFF", 4) == 0 &&
		memcmp(bytes->data + 8, "WEBP", 4) == 0);
}

static void
photo_take(struct reading *reading, const GByteArray *bytes)
{
	if (!is_photo(bytes) || reading->photos == PHOTOS_MAX ||
	    bytes->len > PHOTO_BYTES_MAX ||
	    bytes->len > PHOTOS_BYTES_MAX - reading->photo_bytes) {
		frame_put(reading->out, FRAME_LEFT_OUT, "", 0);
		return;
	}
	reading->photos++;
	reading->photo_bytes += bytes->len;
	frame_put(reading->out, FRAME_PHOTO, bytes->data, bytes->len);
}

static void
text_take(struct reading *reading, GMimeObject *part, const GByteArray *bytes)
{
	const char *charset =
	    g_mime_object_get_content_type_parameter(part, "charset");
	struct buf plain;

	if (reading->text.len > 0) {
		buf_byte(&reading->text, '\n');
	}
	buf_init(&plain, TEXT_MAX);
	charset_text(&plain, charset, bytes->data, bytes->len);
	if (is_type(part, "text", "html")) {
		html_text(&reading->text, plain.data, plain.len);
	} else {
		buf_put(&reading->text, plain.data, plain.len);
	}
	buf_clear(&plain);
}

static void
part_take(struct reading *reading, GMimePart *part, bool wants_text)
{
	GMimeObject *object = GMIME_OBJECT(part);
	GMimeDataWrapper *content = g_mime_part_get_content(part);
	const char *disposition = g_mime_object_get_disposition(object);
	bool is_attached = disposition != NULL &&
	    g_ascii_strcasecmp(disposition, "attachment") == 0;
	bool is_text = !is_attached &&
	    (is_type(object, "text", "plain") ||
		is_type(object, "text", "html"));
	GMimeStream *bytes;

	if (content == NULL || (is_text && !wants_text)) {
		return;
	}
	bytes = g_mime_stream_mem_new();
	(void)g_mime_data_wrapper_write_to_stream(content, bytes);
	if (is_text) {
		text_take(reading, object,
		    g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(bytes)));
	} else {
		photo_take(reading,
		    g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(bytes)));
	}
	g_object_unref(bytes);
}

static void
object_take(struct reading *, GMimeObject *, unsigned depth, bool wants_text);

/* The plain text when it says anything; photos may be in any of them. */
static void
alternatives_take(
    struct reading *reading, GMimeMultipart *parts, unsigned depth, bool wants)
{
	int count = g_mime_multipart_get_count(parts);
	size_t from = reading->text.len;
	bool is_found = false;

	for (int i = 0; wants && i < count; i++) {
		GMimeObject *part = g_mime_multipart_get_part(parts, i);

		if (is_type(part, "text", "plain")) {
			object_take(reading, part, depth, true);
			is_found = !is_blank(&reading->text, from);
			break;
		}
	}
	for (int i = 0; i < count; i++) {
		GMimeObject *part = g_mime_multipart_get_part(parts, i);

		if (!is_type(part, "text", "plain")) {
			object_take(reading, part, depth, wants && !is_found);
			is_found = is_found || !is_blank(&reading->text, from);
		}
	}
}

static void
object_take(
    struct reading *reading, GMimeObject *object, unsigned depth, bool wants)
{
	if (object == NULL || depth == DEPTH_MAX) {
		return;
	}
	if (GMIME_IS_MESSAGE_PART(object)) {
		GMimeMessage *inner =
		    g_mime_message_part_get_message(GMIME_MESSAGE_PART(object));

		if (inner != NULL) {
			object_take(reading,
			    g_mime_message_get_mime_part(inner), depth + 1,
			    wants);
		}
	} else if (is_type(object, "multipart", "alternative") &&
	    GMIME_IS_MULTIPART(object)) {
		alternatives_take(
		    reading, GMIME_MULTIPART(object), depth + 1, wants);
	} else if (GMIME_IS_MULTIPART(object)) {
		GMimeMultipart *parts = GMIME_MULTIPART(object);

		for (int i = 0; i < g_mime_multipart_get_count(parts); i++) {
			object_take(reading,
			    g_mime_multipart_get_part(parts, i), depth + 1,
			    wants);
		}
	} else if (GMIME_IS_PART(object)) {
		part_take(reading, GMIME_PART(object), wants);
	}
}

static bool
header_says(GMimeMessage *message, const char *name, const char *word)
{
	const char *value =
	    g_mime_object_get_header(GMIME_OBJECT(message), name);

	return value != NULL &&
	    g_ascii_strncasecmp(value, word, strlen(word)) == 0;
}

/* Answers of machines and returned mail (RFC 3834, RFC 3464). */
static bool
is_automatic(GMimeMessage *message)
{
	return (g_mime_object_get_header(
		    GMIME_OBJECT(message), "Auto-Submitted") != NULL &&
		   !header_says(message, "Auto-Submitted", "no")) ||
	    header_says(message, "Return-Path", "<>") ||
	    header_says(message, "Precedence", "auto_reply") ||
	    is_type(
		g_mime_message_get_mime_part(message), "multipart", "report");
}

static void
text_put(struct buf *out, char letter, const char *text)
{
	if (text != NULL) {
		frame_put(out, letter, text, strlen(text));
	}
}

static void
sender_take(struct buf *out, GMimeMessage *message)
{
	InternetAddressList *from = g_mime_message_get_from(message);
	InternetAddress *first =
	    from == NULL ? NULL : internet_address_list_get_address(from, 0);

	if (first != NULL && INTERNET_ADDRESS_IS_MAILBOX(first)) {
		text_put(out, FRAME_NAME, internet_address_get_name(first));
		text_put(out, FRAME_EMAIL,
		    internet_address_mailbox_get_addr(
			INTERNET_ADDRESS_MAILBOX(first)));
	}
}

/* Complaints of the libraries may quote the mail. */
static GLogWriterOutput
complaint_drop(GLogLevelFlags level, const GLogField *fields, gsize count,
    gpointer nothing)
{
	(void)level;
	(void)fields;
	(void)count;
	(void)nothing;
	return G_LOG_WRITER_HANDLED;
}

void
message_start(void)
{
	g_log_set_writer_func(complaint_drop, NULL, NULL);
	charset_load();
	html_start();
	g_mime_init();
}

enum err
message_read(struct buf *out, const uint8_t *data, size_t len)
{
	struct reading reading = {.out = out};
	GMimeStream *stream =
	    g_mime_stream_mem_new_with_buffer((const char *)data, len);
	GMimeParser *parser = g_mime_parser_new_with_stream(stream);
	GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);

	if (message == NULL) {
		return ERR_MALFORMED;
	}
	buf_init(&reading.text, TEXT_MAX);
	text_put(out, FRAME_ID, g_mime_message_get_message_id(message));
	if (is_automatic(message)) {
		frame_put(out, FRAME_AUTOMATIC, "", 0);
	} else {
		sender_take(out, message);
		text_put(
		    out, FRAME_SUBJECT, g_mime_message_get_subject(message));
		object_take(
		    &reading, g_mime_message_get_mime_part(message), 0, true);
		frame_put(out, FRAME_TEXT, reading.text.data, reading.text.len);
	}
	frame_put(out, FRAME_END, "", 0);
	buf_clear(&reading.text);
	g_object_unref(message);
	g_object_unref(parser);
	g_object_unref(stream);
	return out->failed ? ERR_TOO_LARGE : OK;
}
