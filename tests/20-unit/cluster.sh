#!/bin/bash
# A throw-away database cluster with the real schema, for test_db.
#
# usage: cluster.sh make|start|stop|cut|freeze|thaw|slow|quick|changed DIRECTORY
#
# SPDX-License-Identifier: ISC
set -euo pipefail
directory=$2
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
bin=/usr/lib/postgresql/15/bin

# PostgreSQL refuses to be root.
pg() {
	if [ "$(id -u)" = 0 ]; then
		(cd / && setpriv --reuid=postgres --regid=postgres --init-groups \
		    env -i PATH=/usr/bin:/bin LC_ALL=C.UTF-8 "$@")
	else
		env -i PATH=/usr/bin:/bin LC_ALL=C.UTF-8 "$@"
	fi
}

psql_as() {
	local login=$1
	shift
	psql -X -q -At -v ON_ERROR_STOP=1 -h "$directory/run" -U "$login" "$@"
}

backends() {
	psql_as postgres -d crm -c "select pid from pg_stat_activity
	    where usename in ('crm_officer', 'crm_channel')"
}

start() {
	pg "$bin/pg_ctl" -s -w -D "$directory/data" -l "$directory/data/log" -o \
	    "-k $directory/run -c listen_addresses='' -c fsync=off" start
}

case $1 in
make)
	mkdir -p "$directory/run" "$directory/data"
	chmod 0755 "$directory" "$directory/run"
	[ "$(id -u)" != 0 ] || chown postgres "$directory/run" "$directory/data"
	pg "$bin/initdb" -D "$directory/data" -U postgres -A trust --no-sync \
	    -E UTF8 --locale=C.UTF-8 >/dev/null
	start
	cd "$top"
	psql_as postgres -d postgres -v database=crm -f sql/bootstrap.sql
	psql_as crm_owner -d crm -f sql/load.sql
	;;
start) start ;;
stop) pg "$bin/pg_ctl" -s -w -m immediate -D "$directory/data" stop ;;
cut)
	psql_as postgres -d crm -c "select pg_terminate_backend(pid)
	    from pg_stat_activity
	    where usename in ('crm_officer', 'crm_channel')" >/dev/null
	;;
freeze)
	backends >"$directory/frozen"
	xargs kill -STOP <"$directory/frozen"
	;;
thaw) xargs kill -CONT <"$directory/frozen" ;;
slow | quick)
	psql_as crm_owner -d crm -c "create or replace function api.ready()
	    returns boolean language sql
	    begin atomic select pg_sleep($([ "$1" = slow ] && echo 0.8 || echo 0));
	    select false; end"
	;;
# As a migration does that gives a function another result.
changed)
	psql_as crm_owner -d crm -1 -c "drop function api.ready()" -c "create
	    function api.ready() returns text language sql as
	    \$\$ select 'new'::text \$\$" -c "grant execute on function
	    api.ready() to crm_officer, crm_channel"
	;;
*) exit 2 ;;
esac
