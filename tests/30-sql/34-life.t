#!/bin/bash
# docs/life.md and its picture are what the table of steps prints.
#
# SPDX-License-Identifier: ISC
set -uo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$(mktemp -d /tmp/crm-sql-life.XXXXXX)
trap 'rm -rf "$work"' EXIT
export PGDATABASE=crm_test
number=0

check() {
	number=$((number + 1))
	if "${@:2}" >"$work/out" 2>&1; then
		echo "ok $number - $1"
	else
		echo "not ok $number - $1"
		sed 's/^/# /' "$work/out"
	fi
}

page() {
	psql -X -q -f "$root/docs/life/table.sql" |
	    diff - "$root/docs/life.md"
}

# What a picture says, whatever the fonts of the machine that drew it.
words() {
	sed -n 's/.*<\(title\|text\)[^>]*>\(.*\)<.*/\1 \2/p' "$1" | sort
}

picture() {
	psql -X -q -f "$root/docs/life/diagram.sql" >"$work/life.dot" &&
	    dot -Tsvg "$work/life.dot" -o "$work/life.svg" &&
	    diff <(words "$work/life.svg") \
		<(words "$root/docs/pictures/life.svg") &&
	    [ "$(words "$work/life.svg" | wc -l)" -gt 40 ]
}

check "docs/life.md is what the database prints (ninja -C build life)" page
check "and so is docs/pictures/life.svg" picture
echo "1..$number"
