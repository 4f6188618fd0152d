# shellcheck shell=bash
# Installs the Debian packages that are missing, and nothing else. This is the
# only place that needs more rights than the instance itself.
#
# SPDX-License-Identifier: ISC

with_root() {
	if is_root; then
		"$@"
	elif command -v sudo >/dev/null; then
		sudo -- "$@"
	else
		die "packages are missing; run once as root or install sudo: $*"
	fi
}

apt_get() {
	with_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y \
	    -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 "$@"
}

# Names of a list that dpkg does not have; '#' starts a comment.
packages_missing() {
	local name
	while read -r name _; do
		case $name in
		'' | '#'*) continue ;;
		esac
		dpkg-query -W -f '${db:Status-Status}\n' "$name" 2>/dev/null |
		    grep -qx installed || printf '%s\n' "$name"
	done <"$1"
}

# A Node.js that is there already stays when it is new enough.
node_missing() {
	local major
	major=$(node -p 'process.versions.node.split(".")[0]' 2>/dev/null || echo 0)
	if [ "$major" -lt 18 ]; then
		printf 'nodejs\nnpm\n'
	elif ! command -v npm >/dev/null; then
		printf 'npm\n'
	fi
}

# Debian makes and starts a cluster of its own when the server is installed
# first. Nobody here asked for one.
forbid_main_cluster() {
	local conf=/etc/postgresql-common/createcluster.conf
	dpkg-query -W -f '${db:Status-Status}\n' postgresql-15 2>/dev/null |
	    grep -qx installed && return
	apt_get install --no-install-recommends postgresql-common
	with_root sed -i \
	    's/^#\? *create_main_cluster *=.*/create_main_cluster = false/' "$conf"
}

# packages_install LIST…
packages_install() {
	local list missing=()
	mapfile -t missing < <(
		for list in "$@"; do
			packages_missing "$list"
		done
		node_missing
	)
	[ ${#missing[@]} -gt 0 ] || return 0
	step "installing ${missing[*]}"
	apt_get update
	case " ${missing[*]} " in
	*' postgresql'*) forbid_main_cluster ;;
	esac
	apt_get install --no-install-recommends "${missing[@]}"
}
