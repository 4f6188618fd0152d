/*
 * The built web client, read into memory at the start.
 *
 * SPDX-License-Identifier: ISC
 */
#include "http/static_files.h"

#include <sys/stat.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "core/hash.h"
#include "core/heap.h"
#include "core/hex.h"

#define FILES_MAX    4096
#define BYTES_MAX    (64u * 1024 * 1024)
#define PATH_LEN_MAX 512
#define DEPTH_MAX    8

static const struct {
	const char *ending;
	const char *media_type;
} types[] = {
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".json", "application/json"},
    {".geojson", "application/geo+json"},
    {".webmanifest", "application/manifest+json"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".webp", "image/webp"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".txt", "text/plain; charset=utf-8"},
    {".wasm", "application/wasm"},
};

static const struct {
	const char *ending;
	const char *name;
} codings[STATIC_CODING__COUNT] = {
    [STATIC_PLAIN] = {"", NULL},
    [STATIC_GZIP] = {".gz", "gzip"},
    [STATIC_BROTLI] = {".br", "br"},
};

/* Filled before the workers are forked, constant then. */
static struct {
	struct static_file *file; /* sorted by path */
	size_t count;
	size_t bytes;
} files;

static bool
ends_with(const char *text, const char *ending)
{
	size_t len = strlen(text), ending_len = strlen(ending);

	return len >= ending_len &&
	    strcmp(text + len - ending_len, ending) == 0;
}

static const char *
type_of(const char *path)
{
	size_t i;

	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (ends_with(path, types[i].ending))
			return types[i].media_type;
	return NULL;
}

/*
 * A name with its content's hash in it: "app-3F9K2LQ7.js". The build writes
 * eight or more capital letters and digits between a dash and the ending.
 */
static bool
is_hashed(const char *path)
{
	const char *name = strrchr(path, '/') + 1;
	const char *dash = strrchr(name, '-');
	size_t len;

	if (dash == NULL)
		return false;
	len = strspn(dash + 1, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
	return len >= 8 && dash[1 + len] == '.';
}

static enum err
variant_read(struct static_variant *out, int directory, const char *name)
{
	uint8_t hash[HASH_LEN];
	struct stat status;
	enum err err = ERR_UNAVAILABLE;
	char text[17];
	ssize_t got;
	size_t done;
	int fd;

	fd = openat(directory, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	if (fd == -1)
		return errno == ENOENT ? ERR_NOT_FOUND : ERR_UNAVAILABLE;
	if (fstat(fd, &status) == -1 || !S_ISREG(status.st_mode))
		goto done;
	err = ERR_TOO_LARGE;
	if ((size_t)status.st_size > BYTES_MAX - files.bytes)
		goto done;
	out->len = (size_t)status.st_size;
	out->data = heap_new(out->len);
	err = ERR_UNAVAILABLE;
	for (done = 0; done < out->len; done += (size_t)got) {
		got = read(fd, out->data + done, out->len - done);
		if (got <= 0)
			goto done;
	}
	files.bytes += out->len;
	hash_sha256(hash, out->data, out->len);
	hex_encode(text, hash, 8);
	out->etag[0] = '"';
	memcpy(out->etag + 1, text, 16);
	memcpy(out->etag + 17, "\"", 2);
	err = OK;
done:
	(void)close(fd);
	return err;
}

static void
file_clear(struct static_file *file)
{
	size_t i;

	for (i = 0; i < STATIC_CODING__COUNT; i++)
		heap_free(file->variant[i].data);
	heap_free(file->path);
}

static enum err
file_read(int directory, const char *name, const char *path)
{
	struct static_file file = {0};
	char variant[PATH_LEN_MAX];
	enum err err = OK;
	size_t i;

	if (files.count == FILES_MAX)
		return ERR_TOO_LARGE;
	for (i = 0; i < STATIC_CODING__COUNT && err == OK; i++) {
		(void)snprintf(
		    variant, sizeof(variant), "%s%s", name, codings[i].ending);
		err = variant_read(&file.variant[i], directory, variant);
		if (err == ERR_NOT_FOUND && i != STATIC_PLAIN)
			err = OK;
	}
	file.path = heap_text(path, strlen(path));
	if (err != OK) {
		file_clear(&file);
		return err;
	}
	file.media_type = type_of(path);
	file.is_immutable = is_hashed(path);
	file.is_page = ends_with(path, ".html");
	files.file = heap_resize(files.file, (files.count + 1) * sizeof(file));
	files.file[files.count++] = file;
	return OK;
}

static enum err
directory_read(int parent, const char *name, const char *path, int depth);

static enum err
entry_read(int directory, const char *name, const char *prefix, int depth)
{
	char path[PATH_LEN_MAX];
	struct stat status;
	int len;

	if (name[0] == '.' || ends_with(name, ".map"))
		return OK;
	len = snprintf(path, sizeof(path), "%s/%s", prefix, name);
	if (len < 0 || (size_t)len >= sizeof(path) - 4)
		return ERR_TOO_LARGE;
	if (fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) == -1)
		return ERR_UNAVAILABLE;
	if (S_ISDIR(status.st_mode))
		return directory_read(directory, name, path, depth + 1);
	if (!S_ISREG(status.st_mode) || type_of(path) == NULL)
		return OK;
	return file_read(directory, name, path);
}

static enum err
directory_read(int parent, const char *name, const char *path, int depth)
{
	enum err err = OK;
	struct dirent *entry;
	DIR *directory;
	int fd;

	if (depth > DEPTH_MAX)
		return ERR_TOO_LARGE;
	fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd == -1)
		return errno == ENOENT ? ERR_NOT_FOUND : ERR_UNAVAILABLE;
	directory = fdopendir(fd);
	if (directory == NULL) {
		(void)close(fd);
		return ERR_UNAVAILABLE;
	}
	while (err == OK) {
		entry = readdir(directory);
		if (entry == NULL)
			break;
		err = entry_read(fd, entry->d_name, path, depth);
	}
	(void)closedir(directory);
	return err;
}

static int
by_path(const void *left, const void *right)
{
	const struct static_file *a = left, *b = right;

	return strcmp(a->path, b->path);
}

enum err
static_files_load(const char *directory)
{
	enum err err;
	size_t i;

	for (i = 0; i < files.count; i++)
		file_clear(&files.file[i]);
	heap_free(files.file);
	memset(&files, 0, sizeof(files));
	err = directory_read(AT_FDCWD, directory, "", 0);
	if (files.count > 0)
		qsort(files.file, files.count, sizeof(files.file[0]), by_path);
	return err;
}

static const struct static_file *
file_at(const char *path)
{
	struct static_file key = {.path = (char *)(uintptr_t)path};

	if (files.count == 0)
		return NULL;
	return bsearch(&key, files.file, files.count, sizeof(key), by_path);
}

const struct static_file *
static_files_find(const char *path)
{
	static const char page[] = "/index.html";
	const struct static_file *file = file_at(path);
	char below[PATH_LEN_MAX];
	size_t len = strlen(path);

	if (file != NULL)
		return file;
	if (len > 0 && path[len - 1] == '/')
		len--;
	if (len > sizeof(below) - sizeof(page))
		return NULL;
	memcpy(below, path, len);
	memcpy(below + len, page, sizeof(page));
	return file_at(below);
}

bool
static_files_is_screen(const char *path)
{
	static const char *const ours[] = {"/api/", "/docs/", "/open311/",
	    "/healthz/", "/readyz/", "/metrics/", "/problems/"};
	size_t i, len;

	for (i = 0; i < sizeof(ours) / sizeof(ours[0]); i++) {
		len = strlen(ours[i]);
		if (strncmp(path, ours[i], len) == 0 ||
		    (strlen(path) == len - 1 &&
			strncmp(path, ours[i], len - 1) == 0))
			return false;
	}
	return strchr(path, '.') == NULL;
}

/* Whether a list like "gzip, br;q=0" takes a coding. */
static bool
takes(const char *list, const char *name)
{
	size_t len, name_len = strlen(name);
	const char *at;

	while (*list != '\0') {
		list += strspn(list, " \t,");
		len = strcspn(list, ",");
		if (len >= name_len && strncasecmp(list, name, name_len) == 0 &&
		    strchr(" ;,", list[name_len]) != NULL) {
			at = memmem(list, len, "q=0", 3);
			return at == NULL ||
			    strcspn(at + 3, "123456789") < strcspn(at + 3, ",");
		}
		list += len;
	}
	return false;
}

enum static_coding
static_files_choose(const struct static_file *file, const char *accept_encoding)
{
	int coding, best = STATIC_PLAIN;

	if (accept_encoding == NULL)
		return STATIC_PLAIN;
	for (coding = STATIC_GZIP; coding < STATIC_CODING__COUNT; coding++)
		if (file->variant[coding].data != NULL &&
		    file->variant[coding].len < file->variant[best].len &&
		    takes(accept_encoding, codings[coding].name))
			best = coding;
	return (enum static_coding)best;
}

const char *
static_files_coding(enum static_coding coding)
{
	return codings[coding].name;
}

bool
static_files_is_known(const struct static_variant *variant, const char *known)
{
	if (known == NULL)
		return false;
	return strcmp(known, "*") == 0 || strstr(known, variant->etag) != NULL;
}

size_t
static_files_count(void)
{
	return files.count;
}
