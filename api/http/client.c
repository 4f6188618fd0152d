/*
 * Answers with files of the web client.
 *
 * SPDX-License-Identifier: ISC
 */
#include "http/client.h"

#include <string.h>

#include "core/labels.h"
#include "http/static_files.h"

static const struct static_file *
client_find(const struct client_request *request)
{
	const struct static_file *file = static_files_find(request->path);

	if (file != NULL || !request->is_get || request->accept == NULL ||
	    strstr(request->accept, "text/html") == NULL ||
	    !static_files_is_screen(request->path))
		return file;
	return static_files_find("/");
}

/* The API's own description is a file, and an answer of the API. */
static bool
is_api(const char *path)
{
	static const char api[] = "/api/";

	return strncmp(path, api, sizeof(api) - 1) == 0;
}

enum err
client_open(struct headers *out, const uint8_t **body, size_t *len,
    const struct client_request *request)
{
	const struct static_file *file = client_find(request);
	const struct static_variant *variant;
	enum static_coding coding;

	if (file == NULL)
		return ERR_NOT_FOUND;
	if (!request->is_get)
		return ERR_METHOD;
	coding = static_files_choose(file, request->accept_encoding);
	variant = &file->variant[coding];
	memset(out, 0, sizeof(*out));
	out->status =
	    static_files_is_known(variant, request->if_none_match) ? 304 : 200;
	out->kind = HEADERS_CLIENT;
	if (is_api(request->path)) {
		out->kind = HEADERS_API;
		out->confidentiality =
		    labels_confidentiality_wire(CONFIDENTIALITY_PUBLIC);
	}
	out->media_type = file->media_type;
	out->etag = variant->etag;
	out->encoding = static_files_coding(coding);
	out->varies_by_encoding = true;
	out->cache_control = file->is_immutable
	    ? "public, max-age=31536000, immutable"
	    : "no-cache";
	*body = variant->data;
	*len = out->status == 200 ? variant->len : 0;
	return OK;
}
