/*
 * One row of a table as a report, see row.h.
 *
 * SPDX-License-Identifier: ISC
 */
#include "intake/row.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/utf8.h"
#include "intake/clean.h"

#define FIELD_MAX ((size_t)64 * 1024)

enum part { PART_REPORT, PART_LOCATION, PART_REPORTER };
enum kind { KIND_TEXT, KIND_LINE, KIND_TIME, KIND_NUMBER };

static const struct column {
	const char *name;
	enum part part;
	enum kind kind;
} COLUMNS[] = {
    {"description", PART_REPORT, KIND_TEXT},
    {"visibility", PART_REPORT, KIND_LINE},
    {"category", PART_REPORT, KIND_LINE},
    {"occurred_at", PART_REPORT, KIND_TIME},
    {"channel_ref", PART_REPORT, KIND_LINE},
    {"lat", PART_LOCATION, KIND_NUMBER},
    {"lng", PART_LOCATION, KIND_NUMBER},
    {"accuracy_m", PART_LOCATION, KIND_NUMBER},
    {"address", PART_LOCATION, KIND_LINE},
    {"name", PART_REPORTER, KIND_LINE},
    {"phone", PART_REPORTER, KIND_LINE},
    {"email", PART_REPORTER, KIND_LINE},
    {"nik", PART_REPORTER, KIND_LINE},
    {"account_id", PART_REPORTER, KIND_LINE},
};
#define COLUMN_COUNT ((int)(sizeof(COLUMNS) / sizeof(COLUMNS[0])))

struct making {
	struct buf *codes;
	cJSON *parts[3]; /* by enum part */
};

static int
column_find(const char *name)
{
	int i = 0;

	while (i < COLUMN_COUNT && strcasecmp(COLUMNS[i].name, name) != 0) {
		i++;
	}
	return i;
}

enum err
row_columns_read(struct row_columns *columns, int *bad,
    const struct row_field *names, int count)
{
	struct buf name;
	int i;

	for (i = 0; i < ROW_FIELDS_MAX; i++) {
		columns->at[i] = -1;
	}
	columns->count = count;
	buf_init(&name, FIELD_MAX);
	for (i = 0; i < count; i++) {
		int found;

		clean_line(&name, names[i].text, names[i].len, FIELD_MAX / 4);
		found = column_find((const char *)name.data);
		if (found == COLUMN_COUNT || columns->at[found] >= 0) {
			break;
		}
		columns->at[found] = i;
	}
	buf_clear(&name);
	*bad = i < count ? i + 1 : 0;
	return i == count && columns->at[0] >= 0 ? OK : ERR_INVALID;
}

bool
row_is_blank(const struct row_field *fields, int count)
{
	for (int i = 0; i < count; i++) {
		if (strspn(fields[i].text, " \t\r\n") != fields[i].len) {
			return false;
		}
	}
	return true;
}

static void
fault(struct making *making, const struct column *column, const char *code)
{
	static const char *const PREFIXES[] = {"/", "/location/", "/reporter/"};

	if (making->codes->len > 0) {
		buf_text(making->codes, ", ");
	}
	buf_text(making->codes, PREFIXES[column->part]);
	buf_text(making->codes, column->name);
	buf_byte(making->codes, ' ');
	buf_text(making->codes, code);
}

/* "-6.2", and "-6,2" as tables of this country have it. */
static void
number_add(struct making *making, const struct column *column, char *text)
{
	char *comma = strchr(text, ',');
	char *end;
	double number;

	if (comma != NULL) {
		*comma = '.';
	}
	number = strtod(text, &end);
	if (*end != '\0' || !isfinite(number) ||
	    strspn(text, "-+.0123456789") != strlen(text)) {
		fault(making, column, "type");
		return;
	}
	cJSON_AddNumberToObject(
	    making->parts[column->part], column->name, number);
}

/* "2026-11-24 13:05" is a time in Jakarta; all else goes as it is. */
static void
time_add(struct making *making, const struct column *column, const char *text)
{
	static const char FORM[] = "dddd-dd-dd dd:dd:dd";
	size_t len = strlen(text);
	char time[48];

	for (size_t i = 0; i < len; i++) {
		if (i >= sizeof(FORM) - 1 ||
		    (FORM[i] == 'd' ? !isdigit((unsigned char)text[i])
				    : text[i] != FORM[i])) {
			len = 0;
		}
	}
	if (len == 16 || len == 19) {
		snprintf(time, sizeof(time), "%.10sT%s%s+07:00", text,
		    text + 11, len == 16 ? ":00" : "");
		text = time;
	}
	cJSON_AddStringToObject(
	    making->parts[column->part], column->name, text);
}

static void
field_add(struct making *making, const struct column *column,
    const struct row_field *field)
{
	struct buf clean;
	char *text;

	if (!utf8_is_valid(field->text, field->len)) {
		fault(making, column, "utf8");
		return;
	}
	buf_init(&clean, FIELD_MAX);
	if (column->kind == KIND_TEXT) {
		clean_text(&clean, field->text, field->len, FIELD_MAX);
	} else {
		clean_line(&clean, field->text, field->len, FIELD_MAX);
	}
	text = (char *)clean.data;
	if (clean.failed) {
		fault(making, column, "too_long");
	} else if (clean.len > 0 && column->kind == KIND_NUMBER) {
		number_add(making, column, text);
	} else if (clean.len > 0 && column->kind == KIND_TIME) {
		time_add(making, column, text);
	} else if (clean.len > 0) {
		cJSON_AddStringToObject(
		    making->parts[column->part], column->name, text);
	}
	buf_clear(&clean);
}

static const char *
text_of(const cJSON *object, const char *name)
{
	return cJSON_GetStringValue(
	    cJSON_GetObjectItemCaseSensitive(object, name));
}

/*
 * An address without a point has no place of its own in a report: triage finds
 * it at the end of the words. Not so for public ones, whose words all may read.
 */
static void
address_move(struct making *making)
{
	cJSON *report = making->parts[PART_REPORT];
	cJSON *location = making->parts[PART_LOCATION];
	const char *address = text_of(location, "address");
	const char *visibility = text_of(report, "visibility");
	const char *words = text_of(report, "description");
	struct buf both;

	if (cJSON_GetObjectItemCaseSensitive(location, "lat") != NULL ||
	    cJSON_GetObjectItemCaseSensitive(location, "lng") != NULL ||
	    address == NULL || words == NULL) {
		return;
	}
	if (visibility != NULL && strcmp(visibility, "private") != 0) {
		fault(making, &COLUMNS[column_find("lat")], "required");
		return;
	}
	buf_init(&both, 2 * FIELD_MAX);
	buf_text(&both, words);
	buf_text(&both, "\nAlamat: ");
	buf_text(&both, address);
	buf_byte(&both, 0);
	cJSON_ReplaceItemInObjectCaseSensitive(
	    report, "description", cJSON_CreateString((const char *)both.data));
	cJSON_DeleteItemFromObjectCaseSensitive(location, "address");
	buf_clear(&both);
}

static void
report_check(struct making *making)
{
	const cJSON *report = making->parts[PART_REPORT];
	const char *visibility = text_of(report, "visibility");

	if (text_of(report, "description") == NULL && making->codes->len == 0) {
		fault(making, &COLUMNS[0], "required");
	}
	if (visibility != NULL && strcmp(visibility, "private") != 0 &&
	    strcmp(visibility, "public") != 0) {
		fault(making, &COLUMNS[1], "unknown");
	}
}

char *
row_report(struct buf *codes, const struct row_columns *columns,
    const struct row_field *fields)
{
	struct making making = {codes,
	    {cJSON_CreateObject(), cJSON_CreateObject(), cJSON_CreateObject()}};
	cJSON *report = making.parts[PART_REPORT];
	char *text = NULL;

	for (int i = 0; i < COLUMN_COUNT; i++) {
		if (columns->at[i] >= 0) {
			field_add(
			    &making, &COLUMNS[i], &fields[columns->at[i]]);
		}
	}
	report_check(&making);
	address_move(&making);
	for (int part = PART_LOCATION; part <= PART_REPORTER; part++) {
		if (making.parts[part]->child == NULL) {
			cJSON_Delete(making.parts[part]);
		} else {
			cJSON_AddItemToObject(report,
			    part == PART_LOCATION ? "location" : "reporter",
			    making.parts[part]);
		}
	}
	if (codes->len == 0) {
		text = cJSON_PrintUnformatted(report);
	}
	cJSON_Delete(report);
	return text;
}
