#!/bin/bash
# The migrations make the same database as load.sql.
#
# SPDX-License-Identifier: ISC
set -uo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
number=0

# check DESCRIPTION COMMAND…
check() {
	local what=$1
	shift
	number=$((number + 1))
	if "$@"; then
		echo "ok $number - $what"
	else
		echo "not ok $number - $what"
	fi
}

same() {
	[ "$(tail -n 1 "$CRM_SQL_WORK/log/compare")" = same ] || {
		sed 's/^/# /' "$CRM_SQL_WORK/log/compare" | head -40
		false
	}
}

numbered() {
	local expected=1 file
	for file in "$root"/sql/migrations/[0-9]*.sql; do
		[[ ${file##*/} == $(printf '%04d' $expected)-*.sql ]] || return 1
		expected=$((expected + 1))
	done
}

noted() {
	[ "$(psql -X -At -d crm_test -c 'select count(*) from crm.migration')" = \
	    "$(find "$root/sql/migrations" -name '[0-9]*.sql' | wc -l)" ]
}

plain() {
	! grep -nE '^(\\|begin;|commit;)' "$root"/sql/migrations/*.sql
}

# What is released is not edited; what is not yet is what its list says.
unedited() {
	(cd "$root/sql/migrations" && sha256sum --check --quiet released)
}

composed() {
	local list number
	for list in "$root"/sql/alter/*.list; do
		[ -e "$list" ] || continue
		number=${list##*/}
		number=${number%%-*}
		"$root/sql/compose" "$number" |
		    diff - "$root"/sql/migrations/"$number"-*.sql || return 1
	done
}

complete() {
	diff <(sed -n 's/^\\ir //p' "$root/sql/load.sql" | sort) \
	    <(cd "$root/sql" && find schema crm api seed -name '*.sql' | sort)
}

check "load.sql and the migrations make the same definitions and rows" same
check "migrations are numbered without a gap" numbered
check "load.sql notes the migrations as done" noted
check "migrations hold no psql command and no transaction of their own" plain
check "no released migration was edited" unedited
check "the others are what compose prints" composed
check "load.sql names every file once" complete
echo "1..$number"
