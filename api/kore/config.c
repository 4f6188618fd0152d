/*
 * Kore's configuration, written from our settings.
 *
 * SPDX-License-Identifier: ISC
 */
#include "kore/config.h"

/*
 * worker_accept_threshold: with Kore's 16 one worker takes all connections of
 * a burst. http_request_ms: with 10 woken requests may starve.
 * http_body_disk_offload stays 0: bodies hold photos and never touch a disk.
 * http_hsts_enable: Kore would send it on plain ports too.
 */
static const char fixed[] =
    "worker_set_affinity 0\n"
    "worker_accept_threshold 1\n"
    "worker_max_connections 2048\n"
    "worker_rlimit_nofiles 4096\n"
    "http_header_max 16384\n"
    "http_header_timeout 10\n"
    "http_body_max 33554432\n"
    "http_body_timeout 60\n"
    "http_body_disk_offload 0\n"
    "http_keepalive_time 75\n"
    "http_request_limit 1000\n"
    "http_request_ms 1000\n"
    "http_hsts_enable 0\n"
    "http_server_version crm\n"
    "tls_version both\n"
    "tls_cipher ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:"
    "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:"
    "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305\n";

/* The first domain is the one for clients that name no host. */
static const char domains[] = "domain * {\n"
			      "attach public\n"
			      "certfile cert.pem\n"
			      "certkey key.pem\n"
			      "route ^/.*$ entry_request\n"
			      "}\n"
			      "domain * {\n"
			      "attach local\n"
			      "route ^/.*$ entry_request\n"
			      "}\n";

static void
put(struct buf *out, const char *name, const char *path, const char *more)
{
	buf_text(out, name);
	buf_text(out, path);
	buf_text(out, more);
	buf_byte(out, '\n');
}

static void
put_server(struct buf *out, const char *head, const char *address, int64_t port,
    const char *tail)
{
	buf_text(out, head);
	buf_text(out, " {\nbind ");
	buf_text(out, address);
	buf_byte(out, ' ');
	buf_int(out, port);
	buf_text(out, tail);
	buf_text(out, "}\n");
}

void
config_write(struct buf *out, const struct settings *settings)
{
	put(out, "root ", settings->jail, "");
	put(out, "runas ", CONFIG_WORKER_USER, "");
	put(out, "keymgr_root ", settings->state, "/keymgr");
	put(out, "keymgr_runas ", CONFIG_KEYMGR_USER, "");
	put(out, "tls_dhparam ", settings->state, "/keymgr/dh.pem");
	put(out, "pidfile ", settings->state, "/pid/crmd.pid");
	buf_text(out, "workers ");
	buf_int(out, settings->workers);
	buf_byte(out, '\n');
	if (settings->seccomp_trace)
		buf_text(out, "seccomp_tracing yes\n");
	buf_text(out, fixed);
	put_server(out, "server public", settings->bind, settings->port, "\n");
	put_server(out, "server local", "127.0.0.1", settings->metrics_port,
	    "\ntls no\n");
	buf_text(out, domains);
}
