/*
 * Requests to receivers that are under way, see flight.h.
 *
 * SPDX-License-Identifier: ISC
 */
#include "webhook/flight.h"

#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <curl/curl.h>

#include "core/check.h"
#include "core/clock.h"
#include "core/heap.h"
#include "webhook/address.h"

#define ANSWER_BYTES_MAX   65536u
#define CONNECTIONS_IDLE   64L
#define HEADER_MAX         512
#define SYSTEM_AUTHORITIES "/etc/ssl/certs"

struct flight {
	CURL *easy;
	struct curl_slist *headers;
	char id[UUID_LEN + 1];
	char webhook_id[UUID_LEN + 1];
	char channel[FLIGHT_CHANNEL_MAX + 1];
	int64_t began_ms;
	size_t taken; /* bytes of the answer, headers included */
	bool is_open;
	bool is_cut; /* by us: the answer was too long */
	bool is_refused; /* by us: an address that is not public */
};

struct flights {
	CURLM *multi;
	const char *ca;
	bool is_open;
	struct flight *flight[FLIGHT_MAX];
	size_t count;
};

/* --- what libcurl asks us --------------------------------------------------- */

/* The address is checked here, after the name was resolved and before the
 * first byte, so that a name that changes its mind gains nothing. */
static curl_socket_t
socket_open(void *arg, curlsocktype purpose, struct curl_sockaddr *address)
{
	struct flight *flight = arg;

	if (purpose != CURLSOCKTYPE_IPCXN ||
	    (!flight->is_open && !address_is_public(&address->addr))) {
		flight->is_refused = true;
		return CURL_SOCKET_BAD;
	}
	return socket(address->family, address->socktype | SOCK_CLOEXEC,
	    address->protocol);
}

/* For headers and body: counted, and dropped. Anything but len ends it. */
static size_t
answer_drop(const char *data, size_t size, size_t count, void *arg)
{
	struct flight *flight = arg;

	(void)data;
	flight->taken += size * count;
	if (flight->taken > ANSWER_BYTES_MAX) {
		flight->is_cut = true;
		return 0;
	}
	return size * count;
}

/* --- one request ------------------------------------------------------------ */

static void
flight_free(struct flight *flight)
{
	curl_easy_cleanup(flight->easy);
	curl_slist_free_all(flight->headers);
	heap_free(flight);
}

static bool
header_add(struct flight *flight, const char *name, const char *value)
{
	char line[HEADER_MAX];
	int len = snprintf(line, sizeof(line), "%s: %s", name, value);
	struct curl_slist *longer;

	if (len < 0 || (size_t)len >= sizeof(line)) {
		return false;
	}
	longer = curl_slist_append(flight->headers, line);
	if (longer == NULL) {
		return false;
	}
	flight->headers = longer;
	return true;
}

static bool
headers_set(struct flight *flight, const struct flight_order *order)
{
	return header_add(flight, "Content-Type", "application/json") &&
	    header_add(flight, "webhook-id", order->id) &&
	    header_add(flight, "webhook-timestamp", order->timestamp) &&
	    header_add(flight, "webhook-signature", order->signature) &&
	    curl_easy_setopt(
		flight->easy, CURLOPT_HTTPHEADER, flight->headers) == CURLE_OK;
}

#define SET(option, value)                                                     \
	(curl_easy_setopt(flight->easy, CURLOPT_##option, value) == CURLE_OK)

/* Nothing that the environment or the receiver says may change where we go. */
static bool
manners_set(struct flight *flight, const char *ca)
{
	return SET(PROTOCOLS_STR, flight->is_open ? "https,http" : "https") &&
	    SET(FOLLOWLOCATION, 0L) && SET(PROXY, "") && SET(NOPROXY, "*") &&
	    SET(NETRC, (long)CURL_NETRC_IGNORED) &&
	    SET(DISALLOW_USERNAME_IN_URL, 1L) && SET(NOSIGNAL, 1L) &&
	    SET(HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1) &&
	    SET(SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2) &&
	    SET(SSL_VERIFYPEER, 1L) && SET(SSL_VERIFYHOST, 2L) &&
	    SET(USERAGENT, "crm-webhook/1") &&
	    (!flight->is_open ||
		(SET(CAINFO, ca) && SET(CAPATH, SYSTEM_AUTHORITIES)));
}

static bool
order_set(struct flight *flight, const struct flight_order *order)
{
	return SET(URL, order->url) &&
	    SET(POSTFIELDSIZE, (long)strlen(order->body)) &&
	    SET(COPYPOSTFIELDS, order->body) &&
	    SET(TIMEOUT_MS, (long)order->limit_ms) &&
	    SET(OPENSOCKETFUNCTION, socket_open) &&
	    SET(OPENSOCKETDATA, flight) && SET(WRITEFUNCTION, answer_drop) &&
	    SET(WRITEDATA, flight) && SET(HEADERFUNCTION, answer_drop) &&
	    SET(HEADERDATA, flight) && SET(PRIVATE, flight) &&
	    headers_set(flight, order);
}

static struct flight *
flight_new(const struct flights *all, const struct flight_order *order)
{
	struct flight *flight = heap_new(sizeof(*flight));

	flight->is_open = all->is_open;
	flight->began_ms = clock_mono_ms();
	snprintf(flight->id, sizeof(flight->id), "%s", order->id);
	snprintf(flight->webhook_id, sizeof(flight->webhook_id), "%s",
	    order->webhook_id);
	snprintf(
	    flight->channel, sizeof(flight->channel), "%s", order->channel);
	flight->easy = curl_easy_init();
	if (flight->easy == NULL || !manners_set(flight, all->ca) ||
	    !order_set(flight, order)) {
		flight_free(flight);
		return NULL;
	}
	return flight;
}

/* --- how it ended ----------------------------------------------------------- */

static const char *
fault_name(CURLcode code, const struct flight *flight)
{
	static const struct {
		CURLcode code;
		const char *name;
	} NAMES[] = {
	    {CURLE_OPERATION_TIMEDOUT, "timeout"},
	    {CURLE_COULDNT_RESOLVE_HOST, "name not found"},
	    {CURLE_COULDNT_CONNECT, "no connection"},
	    {CURLE_PEER_FAILED_VERIFICATION, "wrong certificate"},
	    {CURLE_SSL_CONNECT_ERROR, "no TLS"},
	    {CURLE_GOT_NOTHING, "closed"},
	    {CURLE_RECV_ERROR, "closed"},
	    {CURLE_SEND_ERROR, "closed"},
	    {CURLE_PARTIAL_FILE, "closed"},
	    {CURLE_UNSUPPORTED_PROTOCOL, "not https"},
	    {CURLE_WEIRD_SERVER_REPLY, "not http"},
	};

	if (flight->is_cut) {
		return "answer too long";
	}
	if (code == CURLE_COULDNT_CONNECT && flight->is_refused) {
		return "address not public";
	}
	for (size_t i = 0; i < sizeof(NAMES) / sizeof(NAMES[0]); i++) {
		if (NAMES[i].code == code) {
			return NAMES[i].name;
		}
	}
	return NULL;
}

static void
end_describe(struct flight_end *out, const struct flight *flight, CURLcode code)
{
	const char *fault = fault_name(code, flight);
	long status = 0;

	*out = (struct flight_end){.outcome = "failed"};
	snprintf(out->id, sizeof(out->id), "%s", flight->id);
	snprintf(out->channel, sizeof(out->channel), "%s", flight->channel);
	out->ms = clock_mono_ms() - flight->began_ms;
	(void)curl_easy_getinfo(flight->easy, CURLINFO_RESPONSE_CODE, &status);
	/* A long answer was cut by us: its status counts. */
	if (code == CURLE_OK || (flight->is_cut && status >= 200)) {
		snprintf(
		    out->answer, sizeof(out->answer), "status %ld", status);
		out->outcome = status == 410        ? "gone"
		    : status >= 200 && status < 300 ? "delivered"
						    : "failed";
	} else if (fault != NULL) {
		snprintf(out->answer, sizeof(out->answer), "%s", fault);
	} else {
		snprintf(
		    out->answer, sizeof(out->answer), "error %d", (int)code);
	}
}

/* --- all of them ------------------------------------------------------------ */

struct flights *
flight_all_new(bool is_open, const char *ca)
{
	struct flights *all;

	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
		return NULL;
	}
	all = heap_new(sizeof(*all));
	all->multi = curl_multi_init();
	all->is_open = is_open;
	all->ca = ca;
	if (all->multi == NULL ||
	    curl_multi_setopt(all->multi, CURLMOPT_MAXCONNECTS,
		CONNECTIONS_IDLE) != CURLM_OK) {
		flight_all_free(all);
		return NULL;
	}
	return all;
}

void
flight_all_free(struct flights *all)
{
	if (all == NULL) {
		return;
	}
	for (size_t i = 0; i < all->count; i++) {
		(void)curl_multi_remove_handle(
		    all->multi, all->flight[i]->easy);
		flight_free(all->flight[i]);
	}
	(void)curl_multi_cleanup(all->multi);
	heap_free(all);
	curl_global_cleanup();
}

enum err
flight_start(struct flights *all, const struct flight_order *order)
{
	struct flight *flight;

	if (all->count == FLIGHT_MAX) {
		return ERR_TOO_MANY;
	}
	flight = flight_new(all, order);
	if (flight == NULL) {
		return ERR_BROKEN;
	}
	if (curl_multi_add_handle(all->multi, flight->easy) != CURLM_OK) {
		flight_free(flight);
		return ERR_BROKEN;
	}
	all->flight[all->count++] = flight;
	return OK;
}

void
flight_wait(struct flights *all, int fd, int ms)
{
	struct curl_waitfd also = {.fd = fd, .events = CURL_WAIT_POLLIN};
	int running = 0;

	(void)curl_multi_perform(all->multi, &running);
	/* Who has ended already must not wait. */
	if ((size_t)running < all->count) {
		ms = 0;
	}
	(void)curl_multi_poll(all->multi, &also, fd >= 0 ? 1u : 0u, ms, NULL);
	(void)curl_multi_perform(all->multi, &running);
}

static void
flight_drop(struct flights *all, struct flight *flight)
{
	for (size_t i = 0; i < all->count; i++) {
		if (all->flight[i] == flight) {
			all->flight[i] = all->flight[--all->count];
			break;
		}
	}
	(void)curl_multi_remove_handle(all->multi, flight->easy);
	flight_free(flight);
}

bool
flight_take(struct flights *all, struct flight_end *out)
{
	CURLMsg *message;
	char *ours = NULL;
	int left;

	for (;;) {
		message = curl_multi_info_read(all->multi, &left);
		if (message == NULL) {
			return false;
		}
		if (message->msg == CURLMSG_DONE) {
			break;
		}
	}
	(void)curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &ours);
	must(ours != NULL, "every request carries its flight");
	end_describe(out, (struct flight *)(void *)ours, message->data.result);
	flight_drop(all, (struct flight *)(void *)ours);
	return true;
}

size_t
flight_count(const struct flights *all)
{
	return all->count;
}

void
flight_busy(const struct flights *all, struct buf *ids, struct buf *at)
{
	buf_byte(ids, '{');
	buf_byte(at, '{');
	for (size_t i = 0; i < all->count; i++) {
		buf_text(ids, i == 0 ? "" : ",");
		buf_text(ids, all->flight[i]->id);
		buf_text(at, i == 0 ? "" : ",");
		buf_text(at, all->flight[i]->webhook_id);
	}
	buf_put(ids, "}", 2);
	buf_put(at, "}", 2);
}
