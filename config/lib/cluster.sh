# shellcheck shell=bash
# The private PostgreSQL cluster: made once, reached through its unix socket
# only, started and stopped here.
#
# SPDX-License-Identifier: ISC

pg_data=

# Without our locks: the server outlives us and would keep them.
pg() {
	local program=$1
	shift
	(cd / && as postgres env -i PATH="$pg_bin:/usr/bin:/bin" LC_ALL=C.UTF-8 \
	    "$pg_bin/$program" "$@" 8>&- 9>&-)
}

# Who may be whom. As a normal user that user is everybody.
ident_map() {
	local me
	me=$(id -un)
	if ! is_root; then
		printf 'crm\t"%s"\t%s\n' "$me" postgres "$me" crm_owner \
		    "$me" crm_officer "$me" crm_channel "$me" crm_public \
		    "$me" crm_jobs
		return
	fi
	printf 'crm\t%s\t%s\n' postgres postgres postgres crm_owner \
	    root crm_owner crm-api crm_officer crm-api crm_channel \
	    crm-api crm_public crm-jobs crm_jobs
}

# Memory for the shared buffers: an eighth of the machine, 128 MB to 2 GB.
buffers() {
	local total
	total=$(awk '/^MemTotal/ { print int($2 / 1024 / 8) }' /proc/meminfo)
	[ "$total" -ge 128 ] || total=128
	[ "$total" -le 2048 ] || total=2048
	printf '%dMB' "$total"
}

# What makes an acknowledged write last, and what keeps people's data out of
# the log. The programs refuse to run when these are not in force.
cluster_conf() {
	cat <<-E
	# Written by config/up at every start.
	listen_addresses = ''
	unix_socket_directories = '$CRM_STATE/jail/run'
	unix_socket_permissions = 0777
	max_connections = 100
	shared_buffers = $(buffers)
	fsync = on
	full_page_writes = on
	synchronous_commit = on
	max_wal_size = 2GB
	wal_compression = on
	checkpoint_timeout = 15min
	random_page_cost = 1.1
	jit = off
	timezone = 'UTC'
	log_timezone = 'UTC'
	lc_messages = 'C'
	password_encryption = 'scram-sha-256'
	idle_in_transaction_session_timeout = '60s'
	log_destination = 'stderr'
	logging_collector = off
	log_line_prefix = '%m [%p] %u '
	log_statement = 'none'
	log_duration = off
	log_min_duration_statement = -1
	log_min_error_statement = 'panic'
	log_error_verbosity = 'terse'
	log_parameter_max_length = 0
	log_parameter_max_length_on_error = 0
	log_connections = off
	log_disconnections = off
	track_activity_query_size = 1024
	E
}

# Writes stdin to a file of the cluster.
pg_file() {
	as postgres sh -c 'umask 077; cat >"$1.new" && mv "$1.new" "$1"' sh "$1"
}

cluster_settings() {
	cluster_conf | pg_file "$pg_data/crm.conf"
	printf 'local all all peer map=crm\n' | pg_file "$pg_data/pg_hba.conf"
	ident_map | pg_file "$pg_data/pg_ident.conf"
	as postgres grep -qx "include 'crm.conf'" "$pg_data/postgresql.conf" ||
	    as postgres sh -c "echo \"include 'crm.conf'\" >>\"\$1\"" sh \
		"$pg_data/postgresql.conf"
}

# Made beside its place and moved there when it is whole, so that a start that
# died half-way leaves nothing to repair.
cluster_make() {
	[ ! -s "$pg_data/PG_VERSION" ] || return 0
	step "making the database cluster"
	rm -rf "$pg_data.new"
	place "$pg_data.new" 0700 postgres postgres
	pg initdb -D "$pg_data.new" -U postgres --auth=peer --data-checksums \
	    --encoding=UTF8 --locale=C.UTF-8 >/dev/null
	rmdir "$pg_data"
	mv -T "$pg_data.new" "$pg_data"
}

cluster_is_up() {
	pg pg_ctl -D "$pg_data" status >/dev/null
}

# After a power loss the number in postmaster.pid may be another process of
# the same user; PostgreSQL then refuses to start. Ask who it is.
cluster_forget_stale() {
	local pid
	[ -s "$pg_data/postmaster.pid" ] || return 0
	read -r pid <"$pg_data/postmaster.pid"
	[ "$(readlink "/proc/$pid/cwd" 2>/dev/null)" != "$pg_data" ] || return 0
	rm -f "$pg_data/postmaster.pid" "$state_real"/jail/run/.s.PGSQL.5432*
}

cluster_start() {
	pg_data=$state_real/pg
	local log=$state_real/log/pg.log
	cluster_make
	cluster_forget_stale
	if cluster_is_up; then
		return
	fi
	cluster_settings
	touch "$log"
	guard "$log" postgres 0640
	pg pg_ctl -D "$pg_data" -l "$log" -s -w -t 60 start ||
	    die "PostgreSQL did not start; see $log"
}

cluster_stop() {
	pg_data=$state_real/pg
	[ -s "$pg_data/PG_VERSION" ] || return 0
	cluster_forget_stale
	cluster_is_up || return 0
	pg pg_ctl -D "$pg_data" -s -w -t 60 -m fast stop
}

# psql as the superuser, for what only that one may do.
superuser() {
	pg psql -X -q -v ON_ERROR_STOP=1 -h "$CRM_STATE/jail/run" -U postgres "$@"
}

# Logins, database and extensions, again at every start: a newer version may
# pin another setting. Then the numbered changes.
database_make() {
	step "preparing the database"
	superuser -d postgres -f - <"$root/sql/bootstrap.sql" >/dev/null
	crm migrate
}
