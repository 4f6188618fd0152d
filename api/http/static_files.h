/*
 * The built web client, read into memory at the start: nothing is opened while
 * requests run.
 *
 * SPDX-License-Identifier: ISC
 */
#ifndef API_HTTP_STATIC_FILES_H
#define API_HTTP_STATIC_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/err.h"

enum static_coding {
	STATIC_PLAIN,
	STATIC_GZIP,
	STATIC_BROTLI,
	STATIC_CODING__COUNT
};

struct static_variant {
	uint8_t *data; /* NULL: there is none */
	size_t len;
	char etag[24]; /* quoted */
};

struct static_file {
	char *path; /* "/index.html" */
	const char *media_type;
	bool is_immutable; /* its name changes with its content */
	bool is_page; /* HTML */
	struct static_variant variant[STATIC_CODING__COUNT];
};

/*
 * Reads directory and all below it; a second call replaces the first. Files
 * whose names start with a dot, source maps and unknown types are left out.
 * ERR_NOT_FOUND when there is no such directory, ERR_TOO_LARGE past 4096 files
 * or 64 MB.
 */
must_check enum err static_files_load(const char *directory);
/*
 * path: decoded. A folder is its index.html. NULL when there is no such file.
 * Borrowed.
 */
const struct static_file *static_files_find(const char *path);
/* A path of the client's own, which its router shows: no dot in it, and not
 * one of the server's. */
bool static_files_is_screen(const char *path);
/* The smallest variant an Accept-Encoding value (may be NULL) takes. */
enum static_coding
static_files_choose(const struct static_file *, const char *accept_encoding);
/* "br"; NULL for plain. */
const char *static_files_coding(enum static_coding);
/* Whether an If-None-Match value (may be NULL) names this variant. */
bool static_files_is_known(const struct static_variant *, const char *known);
size_t static_files_count(void);

#endif
