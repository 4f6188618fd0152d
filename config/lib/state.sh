# shellcheck shell=bash
# The state directory: users, layout and rights.
#
# SPDX-License-Identifier: ISC

service_users="crm-api crm-key crm-media crm-jobs"

users_make() {
	local user
	is_root || return 0
	for user in $service_users; do
		id "$user" >/dev/null 2>&1 || useradd --system --user-group \
		    --no-create-home --home-dir /nonexistent \
		    --shell /usr/sbin/nologin "$user"
	done
	# The sweeper of orphaned photos works in the store of the workers.
	id -nG crm-jobs | grep -qw crm-api || usermod -aG crm-api crm-jobs
}

# place PATH MODE OWNER GROUP: a directory; owner and group only as root.
place() {
	mkdir -p "$1"
	if is_root; then
		chown "$3:$4" "$1"
	fi
	chmod "$2" "$1"
}

# Everything a start expects to find. As a normal user all of it is ours and
# nobody else's.
state_layout() {
	local open=0700 run=0700 photos=0700
	if is_root; then
		open=0711
		run=1771
		photos=2770
	fi
	local name state=$state_real
	place "$state" $open root root
	# The jobs pass through keys/ to the one file that is theirs.
	place "$state/keys" $open root root
	for name in keys/vault keys/channel pid; do
		place "$state/$name" 0700 root root
	done
	place "$state/log" $open root root
	place "$state/keymgr" 0700 crm-key crm-key
	place "$state/pg" 0700 postgres postgres
	place "$state/jail" $open root root
	# PostgreSQL and crm media both make their sockets here.
	place "$state/jail/run" $run crm-media postgres
	place "$state/jail/photos" $photos crm-api crm-api
	place "$state/jail/tmp" 0700 crm-api crm-api
	photo_folders "$state/jail/photos" $photos
}

# The store's 256 folders are made here so that workers and sweeper share them.
photo_folders() {
	local names=("$1"/{{0..9},{a..f}}{{0..9},{a..f}})
	[ ! -d "$1/ff" ] || return 0
	mkdir -p "${names[@]}"
	if is_root; then
		chown crm-api:crm-api "${names[@]}"
	fi
	chmod "$2" "${names[@]}"
}

# reachable PATH USER…: service users get the right to pass through the
# directories above PATH (a checkout below /root, say), to pass, not to look.
reachable() {
	local path=$1 user above
	shift
	is_root || return 0
	for user in "$@"; do
		as "$user" test -x "$path" && continue
		above=$path
		while [ "$above" != / ]; do
			above=$(dirname "$above")
			as "$user" test -x "$above" ||
			    setfacl -m "u:$user:--x" "$above" || break
		done
		as "$user" test -x "$path" ||
		    die "user $user cannot reach $path; choose another CRM_STATE or checkout, for example below /srv"
	done
}

state_make() {
	users_make
	state_layout
	reachable "$state_real/jail" postgres crm-media crm-jobs crm-api
	reachable "$CRM_BUILD/crm" crm-media crm-jobs
}
