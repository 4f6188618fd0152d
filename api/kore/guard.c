/*
 * Reads one HTTP/1.x request head before Kore does.
 *
 * SPDX-License-Identifier: ISC
 */
#include "kore/guard.h"

#include <string.h>
#include <strings.h>

#include "core/lang.h"
#include "http/language.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Which bytes of the buffer are name and value of one header. */
struct header {
	const uint8_t *name;
	size_t name_len;
	const uint8_t *value;
	size_t value_len;
};

enum kept {
	KEPT_HOST,
	KEPT_CONTENT_LENGTH,
	KEPT_CONTENT_TYPE,
	KEPT_LANGUAGE,
	KEPT_AUTHORIZATION,
	KEPT_COOKIE,
	KEPT_OTHER,
};

/*
 * What the application reads. once: a second one is refused. The first two
 * stand where enum kept has them.
 */
static const struct {
	const char *name;
	bool once;
	enum kept kind;
} kept[] = {
    {"host", true, KEPT_HOST},
    {"content-length", true, KEPT_CONTENT_LENGTH},
    {"content-type", true, KEPT_CONTENT_TYPE},
    {"authorization", true, KEPT_AUTHORIZATION},
    {"cookie", true, KEPT_COOKIE},
    {"origin", true, KEPT_OTHER},
    {"x-crm", true, KEPT_OTHER},
    {"idempotency-key", true, KEPT_OTHER},
    {"if-match", true, KEPT_OTHER},
    {"sec-fetch-site", true, KEPT_OTHER},
    {"sec-ch-ua-mobile", true, KEPT_OTHER},
    {"if-none-match", false, KEPT_OTHER},
    {"accept", false, KEPT_OTHER},
    {"accept-encoding", false, KEPT_OTHER},
    {"accept-language", false, KEPT_LANGUAGE},
    {"connection", false, KEPT_OTHER},
};

/* What the headers said so far. */
struct seen {
	unsigned kept; /* bit per row of kept[] */
	bool has_coding;
};

static bool
is_name_byte(uint8_t byte)
{
	if ((byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
	    (byte >= 'A' && byte <= 'Z'))
		return true;
	return byte != 0 && strchr("!#$%&'*+-.^_`|~", byte) != NULL;
}

static bool
is_host_byte(uint8_t byte)
{
	if ((byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
	    (byte >= 'A' && byte <= 'Z'))
		return true;
	return byte != 0 && strchr(".-_:[]", byte) != NULL;
}

static bool
text_is(const uint8_t *data, size_t len, const char *text)
{
	return strlen(text) == len &&
	    strncasecmp((const char *)data, text, len) == 0;
}

static int
kept_find(const struct header *header)
{
	size_t i;

	for (i = 0; i < COUNT(kept); i++) {
		if (text_is(header->name, header->name_len, kept[i].name))
			return (int)i;
	}
	return -1;
}

/* METHOD SP /target SP HTTP/1.x, len bytes long without the line end. */
static enum err
guard_line(
    struct guard_head *out, bool *has_body, const uint8_t *data, size_t len)
{
	static const struct {
		const char *name;
		bool has_body;
	} methods[] = {{"GET", false}, {"HEAD", false}, {"POST", true},
	    {"PUT", true}, {"PATCH", true}, {"DELETE", false},
	    {"OPTIONS", false}};
	const uint8_t *first, *second, *query;
	size_t i, target, target_len;

	for (i = 0; i < len; i++) {
		if (data[i] < 0x20 || data[i] >= 0x7f)
			return ERR_MALFORMED;
	}
	first = memchr(data, ' ', len);
	if (first == NULL || first == data)
		return ERR_MALFORMED;
	target = (size_t)(first - data) + 1;
	second = memchr(data + target, ' ', len - target);
	if (second == NULL)
		return ERR_MALFORMED;
	target_len = (size_t)(second - data) - target;
	for (i = 0; i < COUNT(methods); i++) {
		if (strlen(methods[i].name) == target - 1 &&
		    memcmp(data, methods[i].name, target - 1) == 0)
			break;
	}
	if (i == COUNT(methods))
		return ERR_NOT_IMPLEMENTED;
	*has_body = methods[i].has_body;
	out->is_post = data[0] == 'P' && data[1] == 'O';
	/* No absolute form, no authority form, no "*". */
	if (target_len == 0 || data[target] != '/')
		return ERR_MALFORMED;
	i = target + target_len + 1;
	if (len - i != 8 || memcmp(data + i, "HTTP/1.", 7) != 0)
		return ERR_VERSION;
	/* Kore takes GET, HEAD and POST with HTTP/1.0, no more. */
	if (data[i + 7] != '1' &&
	    (data[i + 7] != '0' || memchr("GHP", data[0], 3) == NULL ||
		data[1] == 'U' || data[1] == 'A'))
		return ERR_VERSION;
	if (target_len > GUARD_TARGET_MAX)
		return ERR_URI_TOO_LONG;
	for (i = target; i < target + target_len; i++) {
		if (strchr("\"#<>\\^`{|}", data[i]) != NULL)
			return ERR_MALFORMED;
	}
	query = memchr(data + target, '?', target_len);
	out->path = target;
	out->path_len =
	    query != NULL ? (size_t)(query - data) - target : target_len;
	return OK;
}

/* Cuts the line at data[*at] and moves on; the head ends with a blank line. */
static enum err
guard_header(struct header *out, const uint8_t *data, size_t *at)
{
	size_t end, i, value, value_end;

	for (end = *at; data[end] != '\r'; end++) {
		if ((data[end] < 0x20 && data[end] != '\t') ||
		    data[end] == 0x7f)
			return ERR_MALFORMED; /* bare LF and NUL too */
	}
	if (data[end + 1] != '\n')
		return ERR_MALFORMED;
	for (i = *at; i < end && is_name_byte(data[i]); i++)
		continue;
	/* Folded line, space before the colon, no colon, no name. */
	if (i == *at || i == end || data[i] != ':')
		return ERR_MALFORMED;
	value = i + 1;
	while (value < end && (data[value] == ' ' || data[value] == '\t'))
		value++;
	value_end = end;
	while (value_end > value &&
	    (data[value_end - 1] == ' ' || data[value_end - 1] == '\t'))
		value_end--;
	out->name = data + *at;
	out->name_len = i - *at;
	out->value = data + value;
	out->value_len = value_end - value;
	*at = end + 2;
	return OK;
}

static enum err
guard_body_len(uint64_t *out, const struct header *header)
{
	uint64_t len = 0;
	size_t i;

	if (header->value_len == 0 || header->value_len > 15)
		return ERR_MALFORMED;
	for (i = 0; i < header->value_len; i++) {
		if (header->value[i] < '0' || header->value[i] > '9')
			return ERR_MALFORMED;
		len = len * 10 + (uint64_t)(header->value[i] - '0');
	}
	*out = len;
	return OK;
}

static enum err
guard_kept(struct guard_head *out, const struct header *header, enum kept kind,
    const uint8_t *data)
{
	static const char parts[] = "multipart/form-data";
	size_t i;

	switch (kind) {
	case KEPT_HOST:
		if (header->value_len == 0)
			return ERR_MALFORMED;
		for (i = 0; i < header->value_len; i++) {
			if (!is_host_byte(header->value[i]))
				return ERR_MALFORMED;
		}
		return OK;
	case KEPT_CONTENT_LENGTH:
		return guard_body_len(&out->body_len, header);
	case KEPT_CONTENT_TYPE:
		out->has_parts = header->value_len >= sizeof(parts) - 1 &&
		    strncasecmp((const char *)header->value, parts,
			sizeof(parts) - 1) == 0;
		return OK;
	case KEPT_LANGUAGE:
		out->speaks_indonesian =
		    language_choose((const char *)header->value,
			header->value_len) == LANG_ID;
		return OK;
	case KEPT_AUTHORIZATION:
		out->authorization = (size_t)(header->value - data);
		out->authorization_len = header->value_len;
		return OK;
	case KEPT_COOKIE:
		out->has_cookie = header->value_len > 0;
		return OK;
	case KEPT_OTHER:
		return OK;
	}
	return OK;
}

static enum err
guard_headers(struct guard_head *out, struct seen *seen, const uint8_t *data,
    size_t at, size_t end)
{
	struct header header;
	size_t count;
	enum err err;
	int row;

	for (count = 1; at < end - 2; count++) {
		if (count > GUARD_HEADERS_MAX)
			return ERR_HEADERS_LARGE;
		err = guard_header(&header, data, &at);
		if (err != OK)
			return err;
		/* To Kore every name that starts with "host" is the host. */
		if (header.name_len > 4 &&
		    strncasecmp((const char *)header.name, "host", 4) == 0)
			return ERR_MALFORMED;
		if (text_is(header.name, header.name_len, "transfer-encoding"))
			seen->has_coding = true;
		if (text_is(header.name, header.name_len, "expect")) {
			if (!text_is(
				header.value, header.value_len, "100-continue"))
				return ERR_EXPECTATION;
			out->expects_continue = true;
		}
		row = kept_find(&header);
		if (row == -1)
			continue;
		if (seen->kept & (1u << row)) {
			if (kept[row].once)
				return ERR_MALFORMED;
			continue;
		}
		seen->kept |= 1u << row;
		err = guard_kept(out, &header, kept[row].kind, data);
		if (err != OK)
			return err;
	}
	return OK;
}

static enum err
guard_framing(const struct guard_head *head, const struct seen *seen,
    bool has_body, size_t surplus, uint64_t body_max)
{
	bool has_len = (seen->kept & (1u << KEPT_CONTENT_LENGTH)) != 0;

	if ((seen->kept & (1u << KEPT_HOST)) == 0)
		return ERR_MALFORMED;
	if (seen->has_coding) /* Kore has no chunked requests */
		return has_len ? ERR_MALFORMED : ERR_LENGTH_REQUIRED;
	if (has_body && !has_len)
		return ERR_LENGTH_REQUIRED;
	/* Kore never reads such a body: it would be the next request. */
	if (!has_body && head->body_len > 0)
		return ERR_MALFORMED;
	if (head->body_len > body_max)
		return ERR_TOO_LARGE;
	/* Pipelining: Kore drops it or counts below zero. */
	if (surplus > head->body_len)
		return ERR_MALFORMED;
	return OK;
}

enum guard
guard_read(struct guard_head *out, const uint8_t *data, size_t len, size_t size,
    uint64_t body_max)
{
	const uint8_t *blank, *line;
	struct seen seen = {0};
	bool has_body = false;

	memset(out, 0, sizeof(*out));
	blank = memmem(data, len, "\r\n\r\n", 4);
	if (blank == NULL) {
		out->why = ERR_HEADERS_LARGE;
		return len >= size ? GUARD_REFUSED : GUARD_MORE;
	}
	out->head_len = (size_t)(blank - data) + 4;
	line = memmem(data, out->head_len, "\r\n", 2);
	out->why = guard_line(out, &has_body, data, (size_t)(line - data));
	if (out->why == OK)
		out->why = guard_headers(
		    out, &seen, data, (size_t)(line - data) + 2, out->head_len);
	if (out->why == OK)
		out->why = guard_framing(
		    out, &seen, has_body, len - out->head_len, body_max);
	return out->why == OK ? GUARD_OK : GUARD_REFUSED;
}

size_t
guard_compact(struct guard_head *head, uint8_t *data, size_t len)
{
	struct header header;
	size_t at, from, to, i, end = head->head_len;
	unsigned seen = 0;
	int row;

	at = (size_t)((uint8_t *)memchr(data, '\n', end) - data) + 1;
	to = at;
	while (at < end - 2) {
		from = at;
		if (guard_header(&header, data, &at) != OK)
			break; /* cannot be: guard_read() took it */
		row = kept_find(&header);
		if (row == -1 || header.value_len == 0 ||
		    (seen & (1u << row)) != 0)
			continue;
		seen |= 1u << row;
		for (i = from + header.name_len; i < at - 2; i++) {
			if (data[i] == '\t' || data[i] >= 0x7f)
				data[i] = ' ';
		}
		memmove(data + to, data + from, at - from);
		to += at - from;
	}
	memmove(data + to, data + end - 2, len - (end - 2));
	head->head_len = to + 2;
	return to + 2 + len - end;
}
