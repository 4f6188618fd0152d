# shellcheck shell=bash
# What every script of config/ needs: where things are, who runs what, how to
# speak and how to fail. Sourced, never run.
#
# SPDX-License-Identifier: ISC

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)

say() {
	printf '%s\n' "$*"
}

# A step that takes a moment, with the second it began in.
step() {
	printf '[%3ds] %s\n' "$SECONDS" "$*"
}

die() {
	printf 'crm: %s\n' "$*" >&2
	exit 1
}

is_root() {
	[ "$(id -u)" = 0 ]
}

# as USER COMMAND…: root becomes the user; anyone else is everyone.
as() {
	local user=$1
	shift
	if is_root; then
		setpriv --reuid="$user" --regid="$user" --init-groups -- "$@"
	else
		"$@"
	fi
}

# wait_for SECONDS COMMAND…: true as soon as the command is, false when the
# time is over.
wait_for() {
	local end=$((SECONDS + $1))
	shift
	until "$@" >/dev/null 2>&1; do
		[ "$SECONDS" -lt "$end" ] || return 1
		sleep 0.1
	done
}

# Still running: a process that died and that nobody has asked about is not.
alive() {
	local line
	read -r line 2>/dev/null <"/proc/$1/stat" || return 1
	case ${line##*) } in
	[ZX]*) return 1 ;;
	esac
}

ended() {
	! alive "$1"
}

# The process of a pid file, when it still is the one that wrote the file: a
# number left by a power loss may belong to anybody today.
pid_of() {
	local pid started
	read -r pid started 2>/dev/null <"$1" || return 1
	alive "$pid" || return 1
	[ "$(process_start "$pid")" = "$started" ] || return 1
	printf '%s\n' "$pid"
}

# When a process began, in ticks since boot: with its number, its name for life.
process_start() {
	local line
	read -r line 2>/dev/null <"/proc/$1/stat" || return 1
	line=${line##*) }
	# shellcheck disable=SC2086 # split into the fields of proc(5)
	set -- $line
	printf '%s\n' "${20}"
}

pid_write() {
	printf '%s %s\n' "$2" "$(process_start "$2")" >"$1"
}

# A directory of ours alone, for names that must be short.
short_base() {
	local base mode=0700
	if is_root; then
		base=/run/crm
		mode=0711
	else
		base=/tmp/crm-$(id -u)
	fi
	mkdir -m "$mode" "$base" 2>/dev/null || true
	if [ -L "$base" ] || [ ! -d "$base" ] || [ ! -O "$base" ] ||
	    [ -n "$(find "$base" -maxdepth 0 -perm /022)" ]; then
		die "$base is not a directory of ours alone; remove it or choose a shorter CRM_STATE"
	fi
	printf '%s\n' "$base"
}

# A unix socket's path has room for 107 bytes. A state directory further down
# than that is reached through a short symbolic link.
state_short() {
	local name
	if [ ${#CRM_STATE} -le 80 ]; then
		printf '%s\n' "$CRM_STATE"
		return
	fi
	name=$(short_base)/$(printf %s "$CRM_STATE" | sha256sum | cut -c1-16)
	[ ! -e "$name" ] || [ -L "$name" ] || die "$name is in the way"
	ln -sfn "$CRM_STATE" "$name"
	printf '%s\n' "$name"
}

# Settings, all from the environment. state_real is the directory that people
# see; CRM_STATE is what the programs are given.
settings() {
	: "${CRM_PORT:=8443}" "${CRM_BIND:=127.0.0.1}" "${CRM_WORKERS:=2}"
	: "${CRM_DEMO:=1}" "${CRM_DEMO_DATA:=$CRM_DEMO}"
	: "${CRM_METRICS_PORT:=$((CRM_PORT + 1000))}"
	: "${CRM_BUILD:=$root/build}"
	: "${CRM_WEB:=$root/build/web}"
	: "${CRM_STATE:=$root/var}"
	case $CRM_PORT$CRM_METRICS_PORT in
	*[!0-9]*) die "CRM_PORT and CRM_METRICS_PORT are numbers" ;;
	esac
	state_real=$(realpath -m "$CRM_STATE")
	[ "$state_real" != / ] || die "CRM_STATE may not be /"
	case $state_real in
	*[\"\'\\,[:cntrl:]]*)
		die "CRM_STATE may not contain quotes, commas or backslashes" ;;
	esac
	CRM_STATE=$state_real
	CRM_STATE=$(state_short)
	CRM_BUILD=$(realpath -m "$CRM_BUILD")
	export CRM_PORT CRM_BIND CRM_WORKERS CRM_METRICS_PORT CRM_WEB CRM_STATE
	base_url=https://localhost:$CRM_PORT
	pg_bin=/usr/lib/postgresql/15/bin
}

# The command line against this instance, as its owner.
crm() {
	"$CRM_BUILD/crm" "$@"
}
