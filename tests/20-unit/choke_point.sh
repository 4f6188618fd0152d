#!/bin/sh
# Reads the symbols of every object of the server: one file sends to clients,
# db/ alone talks to PostgreSQL, and Kore stays in its corner. Part of the
# build of crmd.
#
# usage: choke_point.sh LIBRARY OBJECT…
#
# SPDX-License-Identifier: ISC
set -u
library=$1
shift
status=0

# complain WHAT SYMBOLS: any line is a breach.
complain() {
	[ -z "$2" ] && return
	printf '%s\n%s\n' "$1" "$2"
	status=1
}

# Lines "object.c.o: symbol".
undefined() {
	nm -u --print-file-name "$@" 2>/dev/null |
	    sed -n 's|^.*[/:]\([^/:]*\.o\): *U \(.*\)$|\1: \2|p'
}

of_library=$(undefined "$library")
of_server=$(undefined "$@")
[ -n "$of_library" ] && [ -n "$of_server" ] || {
	echo "no symbols: wrong place?"
	exit 1
}

complain "only http/response.c may send:" \
    "$(printf '%s\n' "$of_library" "$of_server" | grep -v '^response\.c\.o:' |
	grep -vx 'guard_install\.c\.o: __real_net_send_queue' |
	grep -E ': (http_response|http_serveable|(__real_)?net_send_(queue|stream|fileref)|kore_websocket_)')"
complain "the library knows no Kore:" \
    "$(printf '%s\n' "$of_library" | grep -E ': (kore_|http_request_|net_)')"
complain "only db/ calls libpq:" \
    "$(printf '%s\n' "$of_library" "$of_server" |
	grep -vE '^(connection|job|batch|rows|sync)[a-z_]*\.c\.o:' | grep -E ': PQ')"
exit $status
