/*
 * One object: the walk over a field table for one row and one reader.
 *
 * SPDX-License-Identifier: ISC
 */
#include "policy/object.h"

#include <string.h>

#include "core/check.h"
#include "policy/tables.h"
#include "policy/write.h"

/* One walk over the fields of one row. */
struct walk {
	struct buf *out;
	const struct policy_view *view;
	const struct tables_list *table;
	const struct object_columns *columns;
	const struct policy_row *row;
	enum confidentiality level;
	bool own_unit;
	bool comma; /* a member was written at this depth */
};

static const char *
value_at(const struct walk *walk, int column, size_t *len)
{
	if (column < 0)
		return NULL;
	*len = db_rows_len(walk->row->rows, walk->row->index, column);
	return db_rows_text(walk->row->rows, walk->row->index, column);
}

static const char *
value_of(const struct walk *walk, const struct tables_field *field, size_t *len)
{
	return value_at(
	    walk, walk->columns->field[field - walk->table->field], len);
}

static void
put_comma(struct walk *walk)
{
	if (walk->comma)
		buf_byte(walk->out, ',');
	walk->comma = true;
}

static void
put_key(struct walk *walk, const struct tables_field *field)
{
	put_comma(walk);
	buf_put(walk->out, field->key, field->key_len);
}

/* True when group is prefix itself or lies inside it; NULL holds all. */
static bool
group_within(const char *group, const char *prefix)
{
	size_t len;

	if (prefix == NULL)
		return true;
	if (group == NULL)
		return false;
	len = strlen(prefix);
	return strncmp(group, prefix, len) == 0 &&
	    (group[len] == '\0' || group[len] == '.');
}

static bool
group_same(const char *one, const char *other)
{
	if (one == NULL || other == NULL)
		return one == other;
	return strcmp(one, other) == 0;
}

static bool
may_read(const struct walk *walk, const struct tables_field *field)
{
	return policy_may_read(
	    walk->view->reader, field->kind, walk->level, walk->own_unit);
}

/* How many fields from start on lie in its group, and whether any is shown. */
static size_t
group_span(const struct walk *walk, size_t start, bool *is_shown)
{
	const struct tables_list *table = walk->table;
	const char *group = table->field[start].group;
	size_t i;

	*is_shown = false;
	for (i = start; i < table->count; i++) {
		if (!group_within(table->field[i].group, group))
			break;
		if (may_read(walk, &table->field[i]))
			*is_shown = true;
	}
	return i - start;
}

/* True when an array of the database holds nothing, or is not there. */
static bool
is_empty(const char *array)
{
	return array == NULL || strcmp(array, "{}") == 0;
}

static void
put_photos(struct walk *walk, const struct tables_field *field)
{
	const char *ids, *widths, *heights;
	size_t len;

	ids = value_of(walk, field, &len);
	if (field->type == TYPE_OPTIONAL_PHOTOS && is_empty(ids))
		return;
	widths = value_at(walk, walk->columns->photo_width, &len);
	heights = value_at(walk, walk->columns->photo_height, &len);
	if (ids == NULL || widths == NULL || heights == NULL)
		ids = widths = heights = "{}";
	put_key(walk, field);
	buf_text(walk->out, "{\"locked\":false,\"items\":");
	write_photos(walk->out, ids, widths, heights);
	buf_byte(walk->out, '}');
}

/* Names what this reader does not get, whatever the row holds. */
static void
put_redacted(struct walk *walk)
{
	const struct tables_list *table = walk->table;
	const struct tables_field *field;
	bool first = true;
	size_t i;

	buf_byte(walk->out, '[');
	for (i = 0; i < table->count; i++) {
		field = &table->field[i];
		if (may_read(walk, field))
			continue;
		buf_text(walk->out, first ? "\"" : ",\"");
		first = false;
		if (field->group != NULL) {
			buf_text(walk->out, field->group);
			buf_byte(walk->out, '.');
		}
		buf_text(walk->out, field->name);
		buf_byte(walk->out, '"');
	}
	buf_byte(walk->out, ']');
}

/* A member the reader may not see: locked, or simply not there. */
static void
put_refused(struct walk *walk, const struct tables_field *field)
{
	if (field->type != TYPE_REPORTER && field->type != TYPE_PHOTOS)
		return;
	put_key(walk, field);
	if (field->type == TYPE_REPORTER &&
	    walk->level == CONFIDENTIALITY_PUBLIC)
		buf_text(walk->out, "{\"anonymous\":true}");
	else
		buf_text(walk->out, "{\"locked\":true}");
}

/* What people wrote about people: the public reads it with more masked. */
static bool
is_masked(const struct walk *walk, const struct tables_field *field)
{
	return walk->view->reader == READER_PUBLIC &&
	    (field->kind == POLICY_KIND_NARRATIVE ||
		field->kind == POLICY_KIND_FOLLOWUP);
}

static void
put_scalar(struct walk *walk, const struct tables_field *field,
    const char *value, size_t len)
{
	switch (field->type) {
	case TYPE_TEXT:
	case TYPE_OPTIONAL_TEXT:
		if (is_masked(walk, field))
			write_masked(walk->out, value, len);
		else
			write_text(walk->out, value, len);
		break;
	case TYPE_NUMBER:
	case TYPE_OPTIONAL_NUMBER:
		buf_put(walk->out, value, len);
		break;
	case TYPE_DEGREES:
	case TYPE_OPTIONAL_DEGREES:
		write_degrees(walk->out, value,
		    tables_access(walk->view->reader, field->kind) == ACCESS_R);
		break;
	case TYPE_PARTS:
		write_parts(walk->out, value, len);
		break;
	case TYPE_BOOL:
	case TYPE_OPTIONAL_BOOL:
		buf_text(walk->out, value[0] == 't' ? "true" : "false");
		break;
	case TYPE_TIME:
	case TYPE_OPTIONAL_TIME:
		write_time(walk->out, value, len);
		break;
	case TYPE_TEXTS:
	case TYPE_OPTIONAL_TEXTS:
		write_texts(walk->out, value);
		break;
	case TYPE_PHOTO_LINK:
		link_photo(walk->out, walk->columns->links, value);
		break;
	case TYPE_OPTIONAL_LINKS:
	case TYPE_LABEL:
	case TYPE_REPORTER:
	case TYPE_PHOTOS:
	case TYPE_OPTIONAL_PHOTOS:
	case TYPE_REDACTED:
		must(false, "only single columns are scalars");
	}
}

static bool
is_optional(enum tables_type type)
{
	return type == TYPE_OPTIONAL_TEXT || type == TYPE_OPTIONAL_NUMBER ||
	    type == TYPE_OPTIONAL_DEGREES || type == TYPE_OPTIONAL_TIME ||
	    type == TYPE_OPTIONAL_TEXTS || type == TYPE_OPTIONAL_BOOL;
}

static void
put_links(struct walk *walk, const struct tables_field *field)
{
	const char *ids, *tickets;
	size_t len;

	ids = value_of(walk, field, &len);
	tickets = value_at(walk, walk->columns->link_ticket, &len);
	if (is_empty(ids) || is_empty(tickets))
		return;
	put_key(walk, field);
	write_links(walk->out, ids, tickets);
}

/* A value of one column, or nothing when it may be left out. */
static void
put_value(struct walk *walk, const struct tables_field *field)
{
	const char *value;
	size_t len = 0;

	value = value_of(walk, field, &len);
	if (is_optional(field->type) &&
	    (value == NULL ||
		(field->type == TYPE_OPTIONAL_TEXTS && is_empty(value))))
		return;
	put_key(walk, field);
	if (value == NULL)
		buf_text(walk->out, "null");
	else
		put_scalar(walk, field, value, len);
}

static void
put_field(struct walk *walk, const struct tables_field *field)
{
	if (!may_read(walk, field)) {
		put_refused(walk, field);
		return;
	}
	if (field->type == TYPE_LABEL) {
		put_key(walk, field);
		object_label(walk->out, walk->level, walk->view->lang);
		return;
	}
	if (field->type == TYPE_REDACTED) {
		put_key(walk, field);
		put_redacted(walk);
		return;
	}
	if (field->type == TYPE_PHOTOS || field->type == TYPE_OPTIONAL_PHOTOS) {
		put_photos(walk, field);
		return;
	}
	if (field->type == TYPE_OPTIONAL_LINKS) {
		put_links(walk, field);
		return;
	}
	must(field->type != TYPE_REPORTER, "no reader may see an identity");
	put_value(walk, field);
}

static size_t put_fields(struct walk *, size_t start, const char *prefix);

/*
 * "name":{…}. When the group's first column is null: null, or nothing at all
 * when that first field may be left out.
 */
static size_t
put_group(struct walk *walk, size_t start)
{
	const struct tables_field *first = &walk->table->field[start];
	const char *group = first->group;
	const char *dot = strrchr(group, '.');
	size_t span, len;
	bool is_shown, is_null;

	span = group_span(walk, start, &is_shown);
	is_null = value_of(walk, first, &len) == NULL;
	if (!is_shown || (is_null && is_optional(first->type)))
		return start + span;
	put_comma(walk);
	buf_byte(walk->out, '"');
	buf_text(walk->out, dot == NULL ? group : dot + 1);
	if (is_null) {
		buf_text(walk->out, "\":null");
		return start + span;
	}
	buf_text(walk->out, "\":{");
	walk->comma = false;
	(void)put_fields(walk, start, group);
	buf_byte(walk->out, '}');
	walk->comma = true;
	return start + span;
}

static size_t
put_fields(struct walk *walk, size_t start, const char *prefix)
{
	const struct tables_list *table = walk->table;
	size_t i = start;

	while (i < table->count && group_within(table->field[i].group, prefix))
		if (group_same(table->field[i].group, prefix))
			put_field(walk, &table->field[i++]);
		else
			i = put_group(walk, i);
	return i;
}

void
object_find(struct object_columns *out, enum policy_table table,
    const struct policy_row *row)
{
	const struct tables_list *list = &tables_list[table];
	const char *name;
	size_t i;

	must(list->count <= OBJECT_FIELDS_MAX, "every field has a place");
	out->links = NULL;
	for (i = 0; i < list->count; i++) {
		name = list->field[i].column;
		out->field[i] = name == NULL
		    ? -1
		    : db_rows_column(row->rows, name, row->from);
	}
	out->link_ticket = db_rows_column(row->rows, "link_ticket", row->from);
	out->by_own_unit = db_rows_column(row->rows, "by_own_unit", row->from);
	out->photo_width = db_rows_column(row->rows, "photo_width", row->from);
	out->photo_height =
	    db_rows_column(row->rows, "photo_height", row->from);
}

void
object_put(struct buf *out, const struct policy_view *view,
    enum policy_table table, const struct object_columns *columns,
    const struct policy_row *row, enum confidentiality level)
{
	struct walk walk = {.out = out,
	    .view = view,
	    .table = &tables_list[table],
	    .columns = columns,
	    .row = row,
	    .level = level};
	const char *own;
	size_t len;

	own = value_at(&walk, columns->by_own_unit, &len);
	walk.own_unit = own != NULL && own[0] == 't';
	buf_byte(walk.out, '{');
	(void)put_fields(&walk, 0, NULL);
	buf_byte(walk.out, '}');
}
