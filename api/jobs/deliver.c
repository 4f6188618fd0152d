/*
 * The outbox and the requests brought together. The database decides what is
 * due, in which order and when again; here it is only carried. An event is
 * noted after its receiver took it, so that none is ever lost; receivers know
 * a second copy by its webhook-id.
 *
 * SPDX-License-Identifier: ISC
 */
#include "jobs/deliver.h"

#include <openssl/crypto.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <poll.h>

#include "core/buf.h"
#include "core/clock.h"
#include "core/heap.h"
#include "core/hex.h"
#include "core/json.h"
#include "core/log.h"
#include "core/settings.h"
#include "db/sync.h"
#include "webhook/flight.h"
#include "webhook/secret.h"
#include "webhook/sign.h"

/* How long a change may wait to be seen. */
#define LOOK_MS 500
/* For what is under way when it is time to end. */
#define LAST_MS 5000
#define ONCE_MS 60000

#define BODY_MAX      1024
#define SIGNATURE_MAX 128
#define ARRAY_MAX     (FLIGHT_MAX * (UUID_LEN + 1) + 3)

/* Columns of api.job_webhook_due. */
enum due {
	DUE_ID,
	DUE_WEBHOOK,
	DUE_CHANNEL,
	DUE_URL,
	DUE_SECRET,
	DUE_SECRET_BEFORE,
	DUE_REPORT,
	DUE_TICKET,
	DUE_STATUS,
	DUE_VERSION,
	DUE_AT,
	DUE_LIMIT,
};

struct deliver {
	struct sync *sync;
	struct flights *flights;
	char *ca;
	uint8_t key[SEAL_KEY_LEN];
	int signals;
	bool is_once;
};

/* --- what is sent ----------------------------------------------------------- */

static void
member_add(struct buf *out, const char *name, const char *value)
{
	buf_text(out, name);
	json_write_text(out, value, strlen(value));
}

/* The whole of it: ids, status and version, nothing else of a report. */
static enum err
body_make(struct buf *out, const struct sync_rows *rows, size_t row)
{
	const char *at = sync_rows_text(rows, row, DUE_AT);
	char when[CLOCK_TEXT_LEN + 1];
	enum err err = clock_from_database(when, at, strlen(at));

	if (err != OK) {
		return err;
	}
	buf_text(out, "{\"type\":\"report.changed\",\"report\":{");
	member_add(out, "\"id\":", sync_rows_text(rows, row, DUE_REPORT));
	member_add(out, ",\"ticket\":", sync_rows_text(rows, row, DUE_TICKET));
	member_add(out, ",\"status\":", sync_rows_text(rows, row, DUE_STATUS));
	buf_text(out, ",\"version\":");
	buf_text(out, sync_rows_text(rows, row, DUE_VERSION));
	member_add(out, "},\"at\":", when);
	buf_put(out, "}", 2);
	return out->failed ? ERR_BROKEN : OK;
}

/* The current secret, and the one before while its day lasts. */
static enum err
signature_add(struct buf *out, const struct deliver *deliver,
    const struct sync_rows *rows, size_t row, enum due column,
    const char *timestamp, const char *body)
{
	const char *hex = sync_rows_text(rows, row, column);
	uint8_t sealed[SECRET_SEALED_LEN], secret[SIGN_SECRET_LEN];
	enum err err;

	if (hex == NULL) {
		return OK;
	}
	/* A bytea is printed as \x and digits. */
	err = strlen(hex) < 2
	    ? ERR_BROKEN
	    : hex_decode(sealed, sizeof(sealed), hex + 2, strlen(hex) - 2);
	if (err == OK) {
		err = secret_open(secret, deliver->key,
		    sync_rows_text(rows, row, DUE_CHANNEL),
		    sync_rows_text(rows, row, DUE_URL), sealed, sizeof(sealed));
	}
	if (err == OK) {
		sign_add(out, secret, sizeof(secret),
		    sync_rows_text(rows, row, DUE_ID), timestamp, body,
		    strlen(body));
	}
	OPENSSL_cleanse(secret, sizeof(secret));
	return err;
}

static enum err
order_send(struct deliver *deliver, const struct sync_rows *rows, size_t row,
    const char *body, const char *timestamp)
{
	struct buf signature;
	enum err err;

	buf_init(&signature, SIGNATURE_MAX);
	err = signature_add(
	    &signature, deliver, rows, row, DUE_SECRET, timestamp, body);
	/* One that opens no more, after the key was lost, is not missed. */
	if (err == OK) {
		(void)signature_add(&signature, deliver, rows, row,
		    DUE_SECRET_BEFORE, timestamp, body);
	}
	buf_byte(&signature, 0);
	if (err == OK && signature.failed) {
		err = ERR_BROKEN;
	}
	if (err == OK) {
		err = flight_start(deliver->flights,
		    &(struct flight_order){
			.id = sync_rows_text(rows, row, DUE_ID),
			.webhook_id = sync_rows_text(rows, row, DUE_WEBHOOK),
			.channel = sync_rows_text(rows, row, DUE_CHANNEL),
			.url = sync_rows_text(rows, row, DUE_URL),
			.timestamp = timestamp,
			.signature = (const char *)signature.data,
			.body = body,
			.limit_ms = strtoll(
			    sync_rows_text(rows, row, DUE_LIMIT), NULL, 10),
		    });
	}
	buf_clear(&signature);
	return err;
}

/* --- the outbox ------------------------------------------------------------- */

static void
fault_log(const struct deliver *deliver, const char *what, enum err err)
{
	log_event(LOG_LEVEL_ERROR, "webhooks_failed", log_text("what", what),
	    log_text("error", err_slug(err)),
	    log_text("sqlstate",
		deliver->sync == NULL ? NULL
				      : sync_fault(deliver->sync)->sqlstate));
}

static enum err
done_note(struct deliver *deliver, const struct flight_end *end)
{
	const char *const params[] = {end->id, end->outcome, end->answer};
	struct sync_rows *rows;
	enum err err = sync_query(deliver->sync, &rows,
	    "select api.job_webhook_done($1::uuid, $2, $3)", params, 3);

	if (err != OK) {
		return err;
	}
	log_event(strcmp(end->outcome, "delivered") == 0 ? LOG_LEVEL_INFO
							 : LOG_LEVEL_WARNING,
	    "webhook", log_text("channel", end->channel),
	    log_text("webhook_id", end->id), log_text("answer", end->answer),
	    log_text("then", sync_rows_text(rows, 0, 0)),
	    log_int("ms", end->ms));
	sync_rows_free(rows);
	return OK;
}

/* One event on its way. What cannot be sent at all has failed as well. */
static enum err
event_send(struct deliver *deliver, const struct sync_rows *rows, size_t row)
{
	char timestamp[24];
	struct buf body;
	enum err err;

	snprintf(timestamp, sizeof(timestamp), "%lld",
	    (long long)(clock_now_ms() / 1000));
	buf_init(&body, BODY_MAX);
	err = body_make(&body, rows, row);
	if (err == OK) {
		err = order_send(
		    deliver, rows, row, (const char *)body.data, timestamp);
	}
	buf_clear(&body);
	if (err != OK && err != ERR_TOO_MANY) {
		struct flight_end end = {.outcome = "failed"};
		snprintf(end.id, sizeof(end.id), "%s",
		    sync_rows_text(rows, row, DUE_ID));
		snprintf(end.channel, sizeof(end.channel), "%s",
		    sync_rows_text(rows, row, DUE_CHANNEL));
		snprintf(end.answer, sizeof(end.answer), "cannot be sent");
		return done_note(deliver, &end);
	}
	return OK;
}

/* Everything that is due and has room; how many there were. */
static enum err
due_send(struct deliver *deliver, size_t *count)
{
	struct sync_rows *rows = NULL;
	struct buf ids, at;
	char room[12];
	enum err err;

	buf_init(&ids, ARRAY_MAX);
	buf_init(&at, ARRAY_MAX);
	flight_busy(deliver->flights, &ids, &at);
	snprintf(room, sizeof(room), "%d", FLIGHT_ROOM);
	const char *const params[] = {
	    (const char *)ids.data, (const char *)at.data, room};
	err = sync_query(deliver->sync, &rows,
	    "select * from api.job_webhook_due($1::uuid[], $2::uuid[], "
	    "$3::int)",
	    params, 3);
	*count = 0;
	if (err == OK) {
		*count = sync_rows_count(rows);
	}
	for (size_t i = 0; err == OK && i < *count; i++) {
		err = event_send(deliver, rows, i);
	}
	sync_rows_free(rows);
	buf_clear(&ids);
	buf_clear(&at);
	return err;
}

static enum err
ended_note(struct deliver *deliver, bool *is_any)
{
	struct flight_end end;
	enum err err = OK;

	*is_any = false;
	while (err == OK && flight_take(deliver->flights, &end)) {
		*is_any = true;
		err = done_note(deliver, &end);
	}
	return err;
}

static bool
is_called(const struct deliver *deliver)
{
	struct pollfd poll_fd = {.fd = deliver->signals, .events = POLLIN};

	return poll(&poll_fd, 1, 0) > 0;
}

/* Ends when it is told to, then waits a little for what is under way. */
static enum err
loop_run(struct deliver *deliver)
{
	int64_t look_ms = 0;
	int64_t end_ms =
	    deliver->is_once ? clock_mono_ms() + ONCE_MS : INT64_MAX;
	bool is_ending = false, is_any = false;
	size_t due = 0;

	for (;;) {
		int64_t now = clock_mono_ms();
		enum err err = OK;
		if (!is_ending && is_called(deliver)) {
			is_ending = true;
			end_ms = now + LAST_MS;
		}
		if (!is_ending && (is_any || now >= look_ms)) {
			err = due_send(deliver, &due);
			look_ms = now + LOOK_MS;
			log_flush();
		}
		if (err != OK) {
			return err;
		}
		if (now >= end_ms ||
		    (flight_count(deliver->flights) == 0 &&
			(is_ending || (deliver->is_once && due == 0)))) {
			return OK;
		}
		flight_wait(deliver->flights, is_ending ? -1 : deliver->signals,
		    is_ending ? LOOK_MS / 5 : (int)(look_ms - now));
		err = ended_note(deliver, &is_any);
		if (err != OK) {
			return err;
		}
	}
}

/* --- start and end ---------------------------------------------------------- */

/* One at a time: the lock goes with the connection. */
static enum err
connection_make(struct deliver *deliver)
{
	struct sync_rows *rows;
	bool has_lock;
	enum err err = sync_open(
	    &deliver->sync, settings_get()->run, "crm_jobs", "crm webhooks");

	if (err != OK) {
		return err;
	}
	err = sync_query(deliver->sync, &rows,
	    "select pg_try_advisory_lock(hashtext('crm webhooks'))", NULL, 0);
	if (err != OK) {
		return err;
	}
	has_lock = sync_rows_text(rows, 0, 0)[0] == 't';
	sync_rows_free(rows);
	return has_lock ? OK : ERR_CONFLICT;
}

static char *
ca_path(void)
{
	const char *keys = settings_get()->keys;
	size_t size = strlen(keys) + sizeof("/ca.pem");
	char *path = heap_new(size);

	snprintf(path, size, "%s/ca.pem", keys);
	return path;
}

enum err
deliver_run(int signals, bool is_once)
{
	struct deliver deliver = {.signals = signals, .is_once = is_once};
	const char *what = "key";
	enum err err = secret_key_load(deliver.key);

	if (err == OK) {
		what = "connection";
		err = connection_make(&deliver);
	}
	if (err == OK) {
		deliver.ca = ca_path();
		deliver.flights = flight_all_new(
		    settings_get()->webhook_private == 1, deliver.ca);
		what = deliver.flights == NULL ? "start" : "outbox";
		err = deliver.flights == NULL ? ERR_BROKEN : loop_run(&deliver);
	}
	if (err != OK && err != ERR_CONFLICT) {
		fault_log(&deliver, what, err);
	}
	flight_all_free(deliver.flights);
	heap_free(deliver.ca);
	sync_close(deliver.sync);
	OPENSSL_cleanse(deliver.key, sizeof(deliver.key));
	log_flush();
	return err;
}
