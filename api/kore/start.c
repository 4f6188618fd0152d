/*
 * From nothing to a running server and back.
 *
 * SPDX-License-Identifier: ISC
 */
#include "kore/start.h"

#include <sys/stat.h>

#include <pwd.h>
#include <string.h>
#include <unistd.h>

#include <kore/kore.h>

#include <kore/http.h>
#include <kore/seccomp.h>

#include "call/service.h"
#include "core/buf.h"
#include "core/check.h"
#include "core/clock.h"
#include "core/heap.h"
#include "core/log.h"
#include "core/settings.h"
#include "db/pool.h"
#include "health/counters.h"
#include "health/health.h"
#include "http/channels.h"
#include "http/entry.h"
#include "http/limits.h"
#include "http/ports.h"
#include "http/response.h"
#include "http/static_files.h"
#include "kore/config.h"
#include "kore/crowd.h"
#include "kore/loop.h"
#include "kore/sandbox.h"

#define DRAIN_MS     10000
#define POOL_THREADS 4
#define POOL_QUEUE   32
#define PEM_MAX      4096

/* Made in the parent, constant in the workers but for the pool. */
static struct service service;
static struct keys *keys;
static struct seal_public *identity;

static _Noreturn void
give_up(const char *what, const char *detail)
{
	(void)fprintf(stderr, "crmd: %s%s%s\n", what,
	    detail != NULL ? ": " : "", detail != NULL ? detail : "");
	exit(1);
}

static void
read_arguments(int argc, char **argv)
{
	int option;

	/* -f -n -r say what is so anyway. */
	while ((option = getopt(argc, argv, "fhnr")) != -1) {
		if (option == 'f' || option == 'n' || option == 'r')
			continue;
		(void)fprintf(stderr,
		    "usage: crmd\nSettings come from the environment.\n");
		exit(option == 'h' ? 0 : 2);
	}
}

static void
read_settings(void)
{
	struct buf fault;

	buf_init(&fault, 65536);
	if (settings_load(&fault) != OK) {
		buf_byte(&fault, '\0');
		give_up("wrong settings", (const char *)fault.data);
	}
	buf_clear(&fault);
}

static void
read_keys(void)
{
	const struct settings *settings = settings_get();
	char path[4096], pem[PEM_MAX];
	size_t len;
	FILE *file;

	(void)snprintf(path, sizeof(path), "%s/auth.key", settings->keys);
	if (keys_load(&keys, path) != OK)
		give_up("cannot use the key", path);
	(void)snprintf(path, sizeof(path), "%s/identity.pub", settings->keys);
	file = fopen(path, "re");
	if (file == NULL)
		give_up("cannot open", path);
	len = fread(pem, 1, sizeof(pem), file);
	(void)fclose(file);
	if (seal_public_load(&identity, pem, len) != OK)
		give_up("not a P-256 public key", path);
	service.keys = keys;
	service.identity = identity;
	service.media_socket = "run/media.sock";
	service.photo_directory = "photos";
}

static void
read_client(void)
{
	const char *web = settings_get()->web;

	if (static_files_load(web) != OK)
		log_event(LOG_LEVEL_WARNING, "client_not_loaded",
		    log_text("directory", web));
}

static void
share_counters(void)
{
	const char **names;
	size_t i;

	names = heap_array(ports_public.count, sizeof(*names));
	for (i = 0; i < ports_public.count; i++)
		names[i] = ports_public.rows[i].name;
	counters_share(
	    names, ports_public.count, (size_t)settings_get()->workers);
}

void
start_parent(int argc, char **argv)
{
	struct buf text;
	FILE *file;

	(void)setvbuf(stdout, NULL, _IOLBF, 0);
	log_start("crmd");
	sandbox_parent();
	read_arguments(argc, argv);
	read_settings();
	(void)umask(S_IWGRP | S_IRWXO);
	read_keys();
	read_client();
	share_counters();
	limits_share();
	kore_foreground = 1;
	skip_chroot = skip_runas = geteuid() != 0;
	if (!skip_runas &&
	    (getpwnam(CONFIG_WORKER_USER) == NULL ||
		getpwnam(CONFIG_KEYMGR_USER) == NULL))
		give_up("run by root, it needs these users",
		    CONFIG_WORKER_USER " " CONFIG_KEYMGR_USER);
	buf_init(&text, 65536);
	config_write(&text, settings_get());
	must(!text.failed, "the configuration fits");
	file = fmemopen(text.data, text.len, "r");
	if (file == NULL)
		give_up("fmemopen", strerror(errno));
	kore_parse_config_file(file);
	(void)fclose(file);
	buf_clear(&text);
	log_flush();
}

static void
on_pool(void *arg, unsigned what)
{
	(void)what;
	pool_drain_done(arg);
}

static void
on_moment(void *arg, int64_t now)
{
	(void)arg;
	(void)now;
	crowd_thin();
	health_moment();
	log_flush();
}

static void
on_gauges(void *arg, int64_t now)
{
	struct db_stats stats;

	(void)arg;
	(void)now;
	db_pool_stats(&stats);
	counters_set(COUNTERS_CONNECTIONS, worker_active_connections);
	counters_set(COUNTERS_REQUESTS, http_request_count);
	counters_set(COUNTERS_DB_BATCHES, stats.batches);
	counters_set(COUNTERS_DB_FAILURES, stats.failures);
	counters_set(COUNTERS_DB_LOST, stats.lost);
	counters_set(COUNTERS_DB_REFUSED, stats.refused);
	counters_set(COUNTERS_DB_CONNECTS, stats.connects);
	counters_set(COUNTERS_DB_UP, stats.up);
	counters_set(COUNTERS_DB_IN_FLIGHT, stats.in_flight);
	counters_set(COUNTERS_DB_WAITING, stats.waiting);
}

void
start_worker(void)
{
	if (worker->id < 1 || worker->id > settings_get()->workers)
		fatalx("this is not a worker");
	counters_use(worker->id);
#ifndef CRM_SANITIZED
	counters_set(COUNTERS_SANDBOXED, kore_seccomp_tracing ? 0 : 1);
#endif
	keys_lock(keys);
	if (pool_new(&service.pool, POOL_THREADS, POOL_QUEUE) != OK)
		fatalx("no threads");
	loop_watch_set(loop_watch_new(on_pool, service.pool),
	    pool_fd(service.pool), LOOP_READ);
	entry_start(&service);
	db_pool_start(settings_get()->worker_run);
	channels_start();
	loop_every(200, on_moment, NULL);
	loop_every(1000, on_gauges, NULL);
}

/* Answers that are on their way count too. */
static bool
is_busy(void)
{
	struct connection *c;

	if (http_request_count > 0)
		return true;
	TAILQ_FOREACH(c, &connections, list)
	{
		if (c->proto == CONN_PROTO_HTTP && !TAILQ_EMPTY(&c->send_queue))
			return true;
	}
	return false;
}

void
start_drain(void)
{
	int64_t end = clock_mono_ms() + DRAIN_MS;

	response_close_all();
	if (worker->has_lock)
		kore_platform_disable_accept();
	while (is_busy() && clock_mono_ms() < end) {
		kore_platform_event_wait(50);
		kore_timer_run(kore_time_ms());
		http_process();
		kore_connection_check_timeout(kore_time_ms());
		kore_connection_prune(KORE_CONNECTION_PRUNE_DISCONNECT);
	}
	pool_free(service.pool);
	service.pool = NULL;
	log_flush();
}
