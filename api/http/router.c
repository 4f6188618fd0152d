/*
 * From a request's path to a row of the route table.
 *
 * SPDX-License-Identifier: ISC
 */
#include "http/router.h"

#include <string.h>

#include "core/hex.h"
#include "core/utf8.h"

#define FORMAT_MARK ".{format}"

/* One segment between slashes, decoded to the end of out. */
static enum err
segment_decode(char *out, size_t *out_len, const char *text, size_t len)
{
	size_t i, start = *out_len;
	char byte;

	for (i = 0; i < len; i++) {
		byte = text[i];
		if (byte == '%') {
			if (len - i < 3 ||
			    hex_decode(&byte, 1, text + i + 1, 2) != OK)
				return ERR_MALFORMED;
			i += 2;
		}
		if (byte == '/' || byte == '\\' || (byte >= 0 && byte < 0x20) ||
		    byte == 0x7f)
			return ERR_MALFORMED;
		out[(*out_len)++] = byte;
	}
	len = *out_len - start;
	if ((len == 1 && out[start] == '.') ||
	    (len == 2 && out[start] == '.' && out[start + 1] == '.'))
		return ERR_MALFORMED;
	return OK;
}

enum err
router_decode(char out[ROUTER_PATH_MAX + 1], const char *path, size_t len)
{
	const char *slash;
	size_t at, segment, out_len = 0;
	enum err err;

	if (len > ROUTER_PATH_MAX)
		return ERR_URI_TOO_LONG;
	if (len == 0 || path[0] != '/')
		return ERR_MALFORMED;
	for (at = 0; at < len; at += segment) {
		out[out_len++] = '/';
		at++;
		slash = memchr(path + at, '/', len - at);
		segment =
		    slash != NULL ? (size_t)(slash - path) - at : len - at;
		if (segment == 0 && at < len)
			return ERR_MALFORMED;
		err = segment_decode(out, &out_len, path + at, segment);
		if (err != OK)
			return err;
	}
	out[out_len] = '\0';
	return utf8_is_valid(out, out_len) ? OK : ERR_MALFORMED;
}

static bool
is_format(const char *pattern)
{
	return *pattern == '.' && strcmp(pattern, FORMAT_MARK) == 0;
}

/* bare: the path without the ending that names the format, where there is. */
static enum answer_format
format_take(char bare[ROUTER_PATH_MAX + 1], const char *path)
{
	static const struct {
		const char *ending;
		enum answer_format format;
	} rows[] = {{".xml", ANSWER_XML}, {".json", ANSWER_JSON}};
	size_t i, ending, len = strlen(path);

	bare[0] = '\0';
	if (strncmp(path, ROUTER_GEOREPORT, sizeof(ROUTER_GEOREPORT) - 1) != 0)
		return ANSWER_OWN;
	memcpy(bare, path, len + 1);
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		ending = strlen(rows[i].ending);
		if (len < ending ||
		    strcmp(path + len - ending, rows[i].ending) != 0)
			continue;
		bare[len - ending] = '\0';
		return rows[i].format;
	}
	return ANSWER_XML;
}

/* Compares segment by segment; "{id}" takes any one that is not empty. */
static bool
path_fits(char id[ROUTER_ID_MAX + 1], const char *pattern, const char *path)
{
	static const char mark[] = "{id}";
	size_t len;

	id[0] = '\0';
	while (*pattern != '\0' && !is_format(pattern)) {
		if (strncmp(pattern, mark, sizeof(mark) - 1) != 0) {
			if (*pattern++ != *path++)
				return false;
			continue;
		}
		len = strcspn(path, "/");
		if (len == 0 || len > ROUTER_ID_MAX)
			return false;
		memcpy(id, path, len);
		id[len] = '\0';
		path += len;
		pattern += sizeof(mark) - 1;
	}
	return *path == '\0';
}

enum err
router_find(struct router_match *out, const struct route *rows, size_t count,
    enum method method, const char *path)
{
	char id[ROUTER_ID_MAX + 1], bare[ROUTER_PATH_MAX + 1];
	bool has_format;
	size_t i;

	memset(out, 0, sizeof(*out));
	out->format = format_take(bare, path);
	for (i = 0; i < count; i++) {
		has_format = out->format != ANSWER_OWN &&
		    strstr(rows[i].path, FORMAT_MARK) != NULL;
		if (!path_fits(id, rows[i].path, has_format ? bare : path))
			continue;
		out->allow |= 1u << rows[i].method;
		if (out->route != NULL || rows[i].method != method)
			continue;
		out->route = &rows[i];
		memcpy(out->id, id, sizeof(out->id));
	}
	if (out->route != NULL)
		return OK;
	return out->allow != 0 ? ERR_METHOD : ERR_NOT_FOUND;
}
