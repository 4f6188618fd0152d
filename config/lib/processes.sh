# shellcheck shell=bash
# The running programs of an instance: start, wait until ready, stop.
#
# SPDX-License-Identifier: ISC

# In the order they start; they stop the other way round.
programs="media jobs crmd"

program_user() {
	case $1 in
	jobs) echo crm-jobs ;;
	media | crmd) echo root ;;
	esac
}

# crmd and crm media drop their rights themselves; without root there are none
# to drop.
program_command() {
	case $1 in
	jobs) printf '%s\n' "$CRM_BUILD/crm" jobs ;;
	media)
		printf '%s\n' "$CRM_BUILD/crm" media
		! is_root || printf '%s\n' --user crm-media --group crm-api
		;;
	crmd)
		printf '%s\n' "$CRM_BUILD/crmd" -f
		is_root || printf '%s\n' -n -r
		;;
	esac
}

# In the foreground the keepers end with config/up, however it ends.
program_start() {
	local name=$1 command=() bond=()
	mapfile -t command < <(program_command "$name")
	[ "$detach" = 1 ] || bond=(setpriv --pdeathsig TERM --)
	(cd "$state_real" && exec "${bond[@]}" setsid "$root/config/lib/keep" \
	    "$name" "$state_real" "$(program_user "$name")" "${command[@]}" \
	    </dev/null >/dev/null 2>>"log/$name.log" 8>&- 9>&-) &
}

programs_start() {
	local name
	# Receivers of a demonstration are on this machine.
	# Whoever tries the demonstration out comes from one network.
	[ "$CRM_DEMO" != 1 ] || export CRM_PUBLIC_RATE=${CRM_PUBLIC_RATE:-100000}
	[ "$CRM_DEMO" != 1 ] || export CRM_WEBHOOK_PRIVATE=${CRM_WEBHOOK_PRIVATE:-1}
	if (exec 3<>"/dev/tcp/$CRM_BIND/$CRM_PORT") 2>/dev/null; then
		die "port $CRM_PORT is taken; set CRM_PORT to a free one"
	fi
	for name in $programs; do
		program_start "$name"
	done
}

is_ready() {
	curl --silent --fail --max-time 3 --noproxy '*' --cacert "$state_real/keys/ca.pem" \
	    "$base_url/readyz"
}

programs_ready() {
	wait_for 60 is_ready && return
	tail -n 20 "$state_real"/log/{crmd,media,jobs}.log >&2 || true
	return 1
}

is_running() {
	pid_of "$state_real/pid/crmd.keeper" >/dev/null
}

program_stop() {
	local pid file
	for file in "$state_real/pid/$1.keeper" "$state_real/pid/$1"; do
		pid=$(pid_of "$file") || continue
		kill -TERM "$pid" 2>/dev/null || continue
		wait_for 25 ended "$pid" || kill -KILL "$pid" 2>/dev/null || true
	done
	rm -f "$state_real/pid/$1.keeper" "$state_real/pid/$1"
}

instance_stop() {
	local name
	for name in crmd jobs media; do
		program_stop "$name"
	done
	cluster_stop
}
