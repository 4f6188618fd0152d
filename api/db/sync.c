/*
 * Blocking libpq in its smallest form. libpq's notices are dropped: they quote
 * values.
 *
 * SPDX-License-Identifier: ISC
 */
#include "db/sync.h"

#include <stdio.h>
#include <string.h>

#include <libpq-fe.h>

#include "core/check.h"
#include "core/heap.h"
#include "db/sqlstate.h"

#define PARAMS_MAX 32

struct sync {
	PGconn *connection;
	struct sync_fault fault;
};

struct sync_rows {
	PGresult *result;
};

static void
notice_drop(void *arg, const PGresult *result)
{
	(void)arg;
	(void)result;
}

static void
field_copy(char *out, size_t size, const char *text)
{
	snprintf(out, size, "%s", text == NULL ? "" : text);
}

static enum err
fault_set(struct sync *sync, const PGresult *result)
{
	struct sync_fault *fault = &sync->fault;
	const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);

	if (state == NULL) {
		*fault = (struct sync_fault){0};
		field_copy(fault->message, sizeof(fault->message),
		    "the connection to the database was lost");
		return ERR_UNAVAILABLE;
	}
	field_copy(fault->sqlstate, sizeof(fault->sqlstate), state);
	field_copy(fault->constraint, sizeof(fault->constraint),
	    PQresultErrorField(result, PG_DIAG_CONSTRAINT_NAME));
	field_copy(fault->message, sizeof(fault->message),
	    PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY));
	return sqlstate_error(state);
}

enum err
sync_open(
    struct sync **out, const char *run, const char *login, const char *program)
{
	const char *const names[] = {"host", "dbname", "user",
	    "application_name", "connect_timeout", "client_encoding", NULL};
	const char *const values[] = {
	    run, "crm", login, program, "10", "UTF8", NULL};
	struct sync *sync = heap_new(sizeof(*sync));

	*out = sync;
	sync->connection = PQconnectdbParams(names, values, 0);
	if (PQstatus(sync->connection) != CONNECTION_OK) {
		field_copy(sync->fault.message, sizeof(sync->fault.message),
		    PQerrorMessage(sync->connection));
		return ERR_UNAVAILABLE;
	}
	PQsetNoticeReceiver(sync->connection, notice_drop, NULL);
	return OK;
}

void
sync_close(struct sync *sync)
{
	if (sync == NULL) {
		return;
	}
	PQfinish(sync->connection);
	heap_free(sync);
}

const struct sync_fault *
sync_fault(const struct sync *sync)
{
	return &sync->fault;
}

/* The last result decides; all are read, so that the connection is free. */
static enum err
results_read(struct sync *sync, PGresult **last)
{
	enum err err = OK;
	PGresult *result;

	*last = NULL;
	for (;;) {
		result = PQgetResult(sync->connection);
		if (result == NULL) {
			break;
		}
		ExecStatusType status = PQresultStatus(result);
		if (err == OK && status != PGRES_COMMAND_OK &&
		    status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY) {
			err = fault_set(sync, result);
		}
		PQclear(*last);
		*last = result;
	}
	if (err == OK && *last == NULL) {
		return fault_set(sync, NULL);
	}
	return err;
}

enum err
sync_query(struct sync *sync, struct sync_rows **out, const char *text,
    const char *const *params, size_t count)
{
	PGresult *last;
	enum err err;

	must(count <= PARAMS_MAX, "a statement has few parameters");
	if (PQsendQueryParams(sync->connection, text, (int)count, NULL, params,
		NULL, NULL, 0) != 1) {
		return fault_set(sync, NULL);
	}
	err = results_read(sync, &last);
	if (err != OK || out == NULL) {
		PQclear(last);
		return err;
	}
	*out = heap_new(sizeof(**out));
	(*out)->result = last;
	return OK;
}

enum err
sync_script(struct sync *sync, const char *text)
{
	PGresult *last;
	enum err err;

	if (PQsendQuery(sync->connection, text) != 1) {
		return fault_set(sync, NULL);
	}
	err = results_read(sync, &last);
	PQclear(last);
	return err;
}

size_t
sync_rows_count(const struct sync_rows *rows)
{
	return (size_t)PQntuples(rows->result);
}

const char *
sync_rows_text(const struct sync_rows *rows, size_t row, size_t column)
{
	must(row < sync_rows_count(rows) &&
		column < (size_t)PQnfields(rows->result),
	    "rows are read inside their bounds");
	if (PQgetisnull(rows->result, (int)row, (int)column) != 0) {
		return NULL;
	}
	return PQgetvalue(rows->result, (int)row, (int)column);
}

void
sync_rows_free(struct sync_rows *rows)
{
	if (rows == NULL) {
		return;
	}
	PQclear(rows->result);
	heap_free(rows);
}
