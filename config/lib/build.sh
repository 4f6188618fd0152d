# shellcheck shell=bash
# Builds the programs and the web client, each only when its sources changed.
#
# SPDX-License-Identifier: ISC

# Two starts may share a checkout: one builds, the other waits.
build_all() {
	[ "$CRM_BUILD" = "$root/build" ] || return 0
	mkdir -p "$CRM_BUILD"
	exec 9>"$CRM_BUILD/.lock"
	flock 9
	build_programs "$CRM_BUILD" crmd crm
	build_web
	exec 9>&-
}

# build_programs DIRECTORY [TARGET…]: all of them when none is named. Options for
# CMake are in cmake_options.
build_programs() {
	local directory=$1 log=$1/build.log
	shift
	mkdir -p "$directory"
	if [ ! -s "$directory/build.ninja" ]; then
		step "configuring"
		# shellcheck disable=SC2086 # one word each
		cmake -S "$root" -B "$directory" -G Ninja \
		    -DCMAKE_BUILD_TYPE=RelWithDebInfo ${cmake_options-} >"$log" 2>&1 ||
		    build_failed "$log"
	fi
	[ -x "$directory/crmd" ] || step "building the programs"
	ninja -C "$directory" "$@" >"$log" 2>&1 || build_failed "$log"
}

build_failed() {
	tail -n 60 "$1" >&2
	die "the build failed; all of it is in $1"
}

# The sum of everything the web client is made of, and the API's description.
web_sum() {
	(cd "$root" && find web-client docs/openapi.yaml -name node_modules -prune -o -type f -print0 |
	    LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1)
}

# npm_install DIRECTORY: the locked packages, when the lock changed.
npm_install() {
	local sum
	sum=$(sha256sum "$1/package-lock.json" | cut -d' ' -f1)
	[ "$(cat "$1/node_modules/.crm-lock" 2>/dev/null)" != "$sum" ] || return 0
	step "installing the npm packages of ${1##*/}"
	(cd "$1" && npm ci --no-audit --no-fund --loglevel=error) ||
	    die "npm ci failed in $1"
	printf '%s\n' "$sum" >"$1/node_modules/.crm-lock"
}

build_web() {
	local sum
	[ -s "$root/web-client/build.mjs" ] || return 0
	npm_install "$root/web-client"
	sum=$(web_sum)
	[ "$(cat "$root/build/web.sum" 2>/dev/null)" != "$sum" ] ||
	    [ ! -d "$root/build/web" ] || return 0
	step "building the web client"
	(cd "$root/web-client" && node build.mjs) >"$root/build/web.log" 2>&1 ||
	    build_failed "$root/build/web.log"
	printf '%s\n' "$sum" >"$root/build/web.sum"
}
