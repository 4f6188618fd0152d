/*
 * crm migrate: applies the numbered files of sql/migrations that this database
 * has not had, in order, each in one transaction, and remembers their digests:
 * a file that was applied may never change.
 *
 * SPDX-License-Identifier: ISC
 */
#include <dirent.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "core/hash.h"
#include "core/heap.h"
#include "core/hex.h"

#define MIGRATIONS_MAX 1000
#define FILE_BYTES_MAX ((size_t)16 * 1024 * 1024)
#define PATH_SIZE      4096

/* One file; the number is its first four digits. */
struct migration {
	char *path;
	const char *name; /* inside path */
	char number[5];
	char sha256[2 * HASH_LEN + 1];
};

struct migrations {
	struct migration *file;
	size_t count;
};

static int
name_is_migration(const struct dirent *entry)
{
	const char *name = entry->d_name;
	size_t len = strlen(name);

	return strspn(name, "0123456789") == 4 && name[4] == '-' && len > 9 &&
	    strcmp(name + len - 4, ".sql") == 0;
}

static void
migrations_clear(struct migrations *all)
{
	for (size_t i = 0; i < all->count; i++) {
		heap_free(all->file[i].path);
	}
	heap_free(all->file);
}

/* Beside the program: build/crm, sql/migrations. */
static enum err
directory_default(char out[PATH_SIZE])
{
	char program[PATH_SIZE / 2];
	ssize_t len = readlink("/proc/self/exe", program, sizeof(program) - 1);
	char *slash;

	if (len <= 0) {
		return ERR_UNAVAILABLE;
	}
	program[len] = '\0';
	slash = strrchr(program, '/');
	if (slash == NULL) {
		return ERR_UNAVAILABLE;
	}
	*slash = '\0';
	snprintf(out, PATH_SIZE, "%s/../sql/migrations", program);
	return OK;
}

static enum err
migrations_list(struct migrations *all, const char *directory)
{
	struct dirent **entry;
	int count = scandir(directory, &entry, name_is_migration, alphasort);

	if (count <= 0 || count > MIGRATIONS_MAX) {
		cli_fail("%s: no migrations there", directory);
		return ERR_NOT_FOUND;
	}
	all->file = heap_array((size_t)count, sizeof(all->file[0]));
	all->count = (size_t)count;
	for (size_t i = 0; i < all->count; i++) {
		struct migration *file = &all->file[i];
		size_t size = strlen(directory) + strlen(entry[i]->d_name) + 2;
		file->path = heap_new(size);
		snprintf(
		    file->path, size, "%s/%s", directory, entry[i]->d_name);
		file->name = file->path + strlen(directory) + 1;
		memcpy(file->number, file->name, 4);
		heap_free(entry[i]);
	}
	heap_free(entry);
	return OK;
}

static enum err
migration_read(struct buf *text, struct migration *file)
{
	uint8_t digest[HASH_LEN];
	enum err err;

	buf_reset(text);
	err = cli_read(text, file->path);
	if (err != OK) {
		return err;
	}
	hash_sha256(digest, text->data, text->len);
	hex_encode(file->sha256, digest, sizeof(digest));
	return OK;
}

/* Its digest as the database remembers it; NULL when it has not had it. */
static enum err
applied_get(struct sync *sync, struct sync_rows **out)
{
	struct sync_rows *rows;
	enum err err;

	err = cli_query(sync, &rows,
	    "select to_regclass('crm.migration') is not null", NULL, 0);
	if (err != OK) {
		return err;
	}
	bool is_there = sync_rows_text(rows, 0, 0)[0] == 't';
	sync_rows_free(rows);
	return cli_query(sync, out,
	    is_there ? "select lpad(number::text, 4, '0'), sha256"
		       " from crm.migration order by number"
		     : "select null, null where false",
	    NULL, 0);
}

static const char *
applied_find(const struct sync_rows *applied, const char *number)
{
	for (size_t i = 0; i < sync_rows_count(applied); i++) {
		if (strcmp(sync_rows_text(applied, i, 0), number) == 0) {
			return sync_rows_text(applied, i, 1);
		}
	}
	return NULL;
}

static enum err
migration_apply(
    struct sync *sync, const struct migration *file, const char *text)
{
	const char *const params[] = {file->number, file->sha256};
	enum err err = cli_script(sync, "begin");

	if (err == OK) {
		err = cli_script(sync, text);
	}
	if (err == OK) {
		err = cli_query(sync, NULL,
		    "insert into crm.migration (number, sha256)"
		    " values ($1::int, $2)",
		    params, 2);
	}
	if (err == OK) {
		err = cli_script(sync, "commit");
	}
	if (err != OK) {
		cli_fail("%s was not applied", file->name);
		return err;
	}
	printf("applied %s\n", file->name);
	return OK;
}

/* What one file needs; *pending counts those that only --check leaves out. */
static enum err
migration_visit(struct sync *sync, struct migration *file,
    const struct sync_rows *applied, bool is_check, size_t *pending)
{
	const char *sha256 = applied_find(applied, file->number);
	struct buf text;
	enum err err;

	buf_init(&text, FILE_BYTES_MAX);
	err = migration_read(&text, file);
	if (err == OK && sha256 != NULL && strcmp(sha256, file->sha256) != 0) {
		cli_fail("%s was changed after it was applied", file->name);
		err = ERR_CONFLICT;
	} else if (err == OK && sha256 == NULL && is_check) {
		printf("pending %s\n", file->name);
		*pending += 1;
	} else if (err == OK && sha256 == NULL) {
		err = migration_apply(sync, file, (const char *)text.data);
	}
	buf_clear(&text);
	return err;
}

/* The settings that durability and privacy rest on, as the database sees
 * them. */
static enum err
problems_check(struct sync *sync)
{
	struct sync_rows *rows;
	enum err err;
	size_t count;

	err = cli_query(
	    sync, &rows, "select unnest(crm.settings_problems())", NULL, 0);
	if (err != OK) {
		return err;
	}
	count = sync_rows_count(rows);
	for (size_t i = 0; i < count; i++) {
		cli_fail("setting: %s", sync_rows_text(rows, i, 0));
	}
	sync_rows_free(rows);
	return count == 0 ? OK : ERR_INVALID;
}

static enum err
migrations_run(struct sync *sync, struct migrations *all, bool is_check)
{
	struct sync_rows *applied = NULL;
	size_t pending = 0;
	enum err err;

	/* Two starts at the same moment take turns; gone with the connection. */
	err = cli_query(sync, NULL,
	    "select pg_advisory_lock(hashtext('crm migrate'))", NULL, 0);
	if (err == OK) {
		err = applied_get(sync, &applied);
	}
	for (size_t i = 0; err == OK && i < all->count; i++) {
		err = migration_visit(
		    sync, &all->file[i], applied, is_check, &pending);
	}
	if (err == OK && pending == 0) {
		err = problems_check(sync);
	}
	sync_rows_free(applied);
	return err == OK && pending > 0 ? ERR_STALE : err;
}

int
migrate_main(int argc, char **argv)
{
	static const struct option OPTIONS[] = {
	    {"check", no_argument, NULL, 'c'},
	    {"directory", required_argument, NULL, 'd'},
	    {NULL, 0, NULL, 0},
	};
	struct migrations all = {0};
	struct sync *sync = NULL;
	char directory[PATH_SIZE] = "";
	bool is_check = false;
	enum err err;
	int option;

	while ((option = getopt_long(argc, argv, "", OPTIONS, NULL)) != -1) {
		if (option == 'c') {
			is_check = true;
		} else if (option == 'd') {
			snprintf(directory, sizeof(directory), "%s", optarg);
		} else {
			return cli_usage("migrate");
		}
	}
	if (optind != argc) {
		return cli_usage("migrate");
	}
	err = directory[0] == '\0' ? directory_default(directory) : OK;
	if (err == OK) {
		err = migrations_list(&all, directory);
	}
	if (err == OK) {
		sync = cli_database();
		err = sync == NULL ? ERR_UNAVAILABLE
				   : migrations_run(sync, &all, is_check);
	}
	sync_close(sync);
	migrations_clear(&all);
	return err == OK ? CLI_DONE : CLI_FAILED;
}
