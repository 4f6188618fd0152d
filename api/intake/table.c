/*
 * Reports that come as a table, see table.h. The file is read twice: one that
 * is not well-formed to its end hands in nothing.
 *
 * SPDX-License-Identifier: ISC
 */
#include "intake/table.h"

#include <csv.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "core/heap.h"
#include "intake/row.h"

#define FILE_BYTES_MAX ((size_t)64 * 1024 * 1024)
#define CODES_MAX      1024u
#define TRIES          5
#define WAIT_MAX_S     60
/* So many in a row, and the API is not well: the rest can wait. */
#define LEFT_MAX 3

struct table {
	const struct table_options *options;
	struct table_count *count;
	struct post *post; /* NULL while the file is only looked at */
	FILE *result;
	struct row_columns columns;
	struct row_field fields[ROW_FIELDS_MAX];
	int at; /* fields of this row so far */
	size_t row; /* as a spreadsheet counts them */
	size_t left; /* in a row */
	bool is_bad;
	bool is_over;
};

static void
field_end(void *text, size_t len, void *of)
{
	struct table *table = of;

	if (table->at < ROW_FIELDS_MAX) {
		table->fields[table->at].text =
		    heap_text(text == NULL ? "" : text, len);
		table->fields[table->at].len = len;
	}
	table->at++;
}

static void
result_write(const struct table *table, const char *result, const char *ticket,
    const char *codes)
{
	if (table->result != NULL) {
		fprintf(table->result, "%zu,%s,%s,\"%s\"\n", table->row, result,
		    ticket, codes);
		fflush(table->result);
	}
}

/* Waits as long as the API asked for, or ever longer. */
static void
row_send(struct post_answer *answer, const struct table *table,
    struct post_report *report)
{
	for (int try = 0;; try++) {
		int64_t wait;

		post_send(answer, table->post, report);
		if (answer->verdict != POST_LATER || try == TRIES - 1) {
			return;
		}
		wait = answer->wait_s > 0 ? answer->wait_s : 1 << try;
		(void)sleep((unsigned)(wait < WAIT_MAX_S ? wait : WAIT_MAX_S));
	}
}

static void
answer_count(struct table *table, const struct post_answer *answer)
{
	switch (answer->verdict) {
	case POST_TAKEN:
		table->count->taken++;
		break;
	case POST_AGAIN:
		table->count->again++;
		break;
	case POST_REFUSED:
		table->count->refused++;
		break;
	case POST_LATER:
	case POST_SHUT:
	case POST_VERDICT__COUNT:
		table->count->left++;
		break;
	}
	table->left = answer->verdict == POST_LATER ? table->left + 1 : 0;
	table->is_over =
	    table->left == LEFT_MAX || answer->verdict == POST_SHUT;
}

static void
report_take(struct table *table, const char *json)
{
	struct post_report report = {.json = json};
	struct post_answer answer;
	struct hash *hash = hash_new();

	if (table->options->is_dry) {
		hash_free(hash);
		table->count->taken++;
		result_write(table, "good", "", "");
		return;
	}
	hash_add(
	    hash, table->options->channel, strlen(table->options->channel) + 1);
	hash_add(hash, json, strlen(json));
	post_key(report.key, "csv", hash);
	row_send(&answer, table, &report);
	answer_count(table, &answer);
	result_write(table, post_verdict_name(answer.verdict), answer.ticket,
	    answer.codes);
}

static void
row_take(struct table *table)
{
	struct buf codes;
	char *json;

	buf_init(&codes, CODES_MAX);
	json = row_report(&codes, &table->columns, table->fields);
	if (table->is_over) {
		table->count->left++;
	} else if (json != NULL) {
		report_take(table, json);
	} else {
		buf_byte(&codes, 0);
		table->count->refused++;
		result_write(table, "refused", "", (const char *)codes.data);
	}
	cJSON_free(json);
	buf_clear(&codes);
}

static void
head_take(struct table *table)
{
	int bad = 0;

	if (table->at > ROW_FIELDS_MAX ||
	    row_columns_read(&table->columns, &bad, table->fields, table->at) !=
		OK) {
		table->is_bad = true;
		cli_fail(bad == 0 ? "%s: the first row must name the columns,"
				    " \"description\" among them (%d)"
				  : "%s: the name of column %d is not known,"
				    " or stands twice",
		    table->options->path, bad);
	}
}

static void
row_end(int separator, void *of)
{
	struct table *table = of;
	int count = table->at < ROW_FIELDS_MAX ? table->at : ROW_FIELDS_MAX;

	(void)separator;
	table->row++;
	if (table->is_bad) {
		/* Said already. */
	} else if (table->row == 1) {
		head_take(table);
	} else if (row_is_blank(table->fields, count)) {
		/* Spreadsheets leave such rows at the end. */
	} else if (table->at != table->columns.count) {
		table->is_bad = true;
		cli_fail("%s: row %zu has not as many fields as the first",
		    table->options->path, table->row);
	} else if (table->result != NULL) {
		row_take(table);
	}
	for (int i = 0; i < count; i++) {
		heap_free(table->fields[i].text);
	}
	table->at = 0;
}

/* Of comma, semicolon and tab the one that the first line has most of. */
static unsigned char
delimiter_find(const struct buf *text)
{
	static const char DELIMITERS[] = {',', ';', '\t'};
	size_t best = 0;
	char found = ',';

	for (size_t d = 0; d < sizeof(DELIMITERS); d++) {
		size_t count = 0;

		for (size_t i = 0; i < text->len && text->data[i] != '\n';
		     i++) {
			count += text->data[i] == (uint8_t)DELIMITERS[d];
		}
		if (count > best) {
			best = count;
			found = DELIMITERS[d];
		}
	}
	return (unsigned char)found;
}

static enum err
table_parse(struct table *table, const struct buf *text)
{
	static const char MARK[] = "\xef\xbb\xbf";
	size_t from =
	    text->len >= 3 && memcmp(text->data, MARK, 3) == 0 ? 3 : 0;
	struct csv_parser parser;
	bool is_whole;

	if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL) !=
	    0) {
		return ERR_UNAVAILABLE;
	}
	table->row = 0;
	csv_set_delim(&parser, delimiter_find(text));
	is_whole = csv_parse(&parser, text->data + from, text->len - from,
		       field_end, row_end, table) == text->len - from &&
	    csv_fini(&parser, field_end, row_end, table) == 0;
	csv_free(&parser);
	if (!is_whole && !table->is_bad) {
		table->is_bad = true;
		cli_fail("%s: what follows row %zu is not well-formed",
		    table->options->path, table->row);
	} else if (table->row == 0) {
		table->is_bad = true;
		cli_fail("%s: there is nothing in it", table->options->path);
	}
	return table->is_bad ? ERR_MALFORMED : OK;
}

static FILE *
result_open(const struct table_options *options)
{
	size_t size = strlen(options->path) + sizeof(".result.csv");
	char *path = heap_new(size);
	const char *name = options->result == NULL ? path : options->result;
	int fd;

	snprintf(path, size, "%s.result.csv", options->path);
	fd = open(
	    name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0) {
		cli_fail("%s cannot be written", name);
	}
	heap_free(path);
	return fd < 0 ? NULL : fdopen(fd, "w");
}

enum err
table_run(struct table_count *count, struct post *post,
    const struct table_options *options)
{
	struct table table = {.options = options, .count = count, .post = post};
	struct buf text;
	enum err err;

	*count = (struct table_count){.taken = 0};
	buf_init(&text, FILE_BYTES_MAX);
	err = cli_read(&text, options->path);
	if (err == OK) {
		err = table_parse(&table, &text);
	}
	if (err == OK) {
		table.result = result_open(options);
		err = table.result == NULL ? ERR_UNAVAILABLE : OK;
	}
	if (err == OK) {
		fputs("row,result,ticket,codes\n", table.result);
		err = table_parse(&table, &text);
		fclose(table.result);
	}
	buf_clear(&text);
	return err;
}
