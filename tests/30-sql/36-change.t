#!/bin/bash
# A list of changes is closed downwards: no change with an earlier time appears
# after a later one was shown, whatever transactions are still open.
#
# SPDX-License-Identifier: ISC
set -uo pipefail
. "$(dirname "$0")/support/tap.sh"
work=$(mktemp -d /tmp/crm-sql-change.XXXXXX)
trap 'rm -rf "$work"' EXIT
export PGDATABASE=crm_test

# open NAME LOGIN: a session that stays open; tell it, and it says done.
declare -A to from
open() {
	local fd
	mkfifo "$work/$1.in" "$work/$1.out"
	psql -X -q -At -v ON_ERROR_STOP=1 -U "$2" <"$work/$1.in" \
	    >"$work/$1.out" 2>&1 &
	exec {fd}>"$work/$1.in"
	to[$1]=$fd
	exec {fd}<"$work/$1.out"
	from[$1]=$fd
}

# tell NAME SQL: what it printed before it said that it is done.
tell() {
	local line
	printf '%s\n\\echo done\n' "$2" >&"${to[$1]}"
	while IFS= read -r -t 10 line <&"${from[$1]}"; do
		[ "$line" != "done" ] || return 0
		printf '%s\n' "$line"
	done
	echo "no answer"
}

# enter: the SQL that makes the transaction jaki's.
enter() {
	printf '%s\n' "select from api.channel_enter('kid-jaki', 'change');"
}

# add WORD: the SQL of one intake of jaki.
add() {
	cat <<-SQL
	select from api.report_add(null, '\\x00', gen_random_uuid(),
	    'private', 'jalan', '$1', 'Uji', -6.218512, 106.908136, 5,
	    null, null, null, 'e', '\\x01', '\\x02', null, null, null, null, null,
	    true);
	SQL
}

# changes SINCE: time and text of what a client is shown, in one page.
changes() {
	psql -X -q -At -U crm_channel <<-SQL
	begin;
	$(enter)
	select updated_at || ' ' || description || ' ' || me_too
	from api.report_changes('$1', null, null, null, null, 100000);
	commit;
	SQL
}

# shown SINCE: the words only, each followed by how many said me too.
shown() {
	changes "$1" | cut -d' ' -f3- | xargs
}

me_too() {
	cat <<-SQL
	select from crm.report r, api.event_add(null, '\\x00', r.id::text,
	    r.version, 'me_too', '{}', '{}', '{}', '{}', '{}', '{}', '{}') a
	where r.description = '$1';
	SQL
}

# The first of the day holds the others up until it is committed.
{
	enter
	add first
} | psql -X -q -At -1 -U crm_channel
start=$(psql -X -At -c "select crm.moment()")

# next_second: waits for it; what was before is not held back by what comes.
next_second() {
	local now="select crm.change_second(crm.moment())" second
	second=$(psql -X -At -c "$now")
	until [ "$(psql -X -At -c "$now")" -gt "$second" ]; do :; done
}

open early crm_channel
open late crm_channel
tell early "begin; $(enter) $(add early)"
result "$(shown "$start")" "" "what is not committed is not shown"
tell late "begin; $(enter) $(add late) commit;"
result "$(psql -X -At -c "select count(*) from crm.change
    where updated_at > '$start'")" 1 "a later one is committed before it"
result "$(shown "$start")" "" "and not shown before the earlier one"
tell early "commit;"
result "$(shown "$start")" "early 0 late 0" "then both, in their order"

# A step that is under way hides nothing that was before it.
next_second
tell early "begin; $(enter) $(me_too early)"
tell late "begin; $(enter) $(add third) commit;"
result "$(shown "$start")" "early 0 late 0" "a step under way hides the later"
tell early "commit;"
result "$(shown "$start")" "late 0 early 1 third 0" "until it is committed"

# What is rolled back, in whole or to a savepoint, keeps nothing waiting.
tell early "begin; $(enter) $(me_too early) rollback;"
tell late "begin; $(enter) $(me_too late) commit;"
result "$(shown "$start")" "early 1 third 0 late 1" "a rollback lets go"
tell early "begin; $(enter) savepoint s; $(me_too early) rollback to s;"
tell late "begin; $(enter) $(me_too third) commit;"
result "$(shown "$start")" "early 1 late 1 third 1" "and so does a savepoint"
tell early "commit;"

# The first second of a transaction counts, however long it takes.
next_second
tell early "begin; $(enter) $(me_too early)"
next_second
tell late "begin; $(enter) $(add fourth) commit;"
tell early "$(me_too third)"
tell late "begin; $(enter) $(add fifth) commit;"
result "$(shown "$start")" "early 1 late 1 third 1" \
    "a transaction over two seconds holds both"
tell early "commit;"
result "$(shown "$start")" "late 1 early 2 fourth 0 third 2 fifth 0" \
    "and lets both go"
result "$(psql -X -At -c "select crm.change_horizon() > crm.moment()
    - interval '1 second'")" t "nothing is held when nobody writes"

# A client follows eight writers whose transactions take all kinds of times.
writer() {
	local n
	for n in $(seq 25); do
		printf 'begin; %s %s %s %s commit;\n' "$(enter)" \
		    "$(add "w$1-$n")" "$([ $((n % 5)) != 0 ] ||
			echo "select pg_sleep(random() * 0.3);")" \
		    "$([ $((n % 3)) != 0 ] || me_too "w$1-$n")"
	done | psql -X -q -At -v ON_ERROR_STOP=1 -U crm_channel >/dev/null
}

# follow: asks for what is new until told to stop, as clients do.
follow() {
	local since=$1 stopped=no last
	while :; do
		[ ! -e "$work/stop" ] || stopped=yes
		changes "$since" >"$work/page"
		cat "$work/page" >>"$work/seen"
		last=$(tail -n 1 "$work/page" | cut -d' ' -f1,2)
		since=${last:-$since}
		[ $stopped = no ] || return 0
	done
}

since=$(psql -X -At -c "select crm.moment()")
: >"$work/seen"
follow "$since" &
follower=$!
writers=()
for n in $(seq 8); do
	writer "$n" &
	writers+=($!)
done
wait "${writers[@]}"
touch "$work/stop"
wait "$follower"
changes "$since" | sort >"$work/all"
result "$(wc -l <"$work/all")" 200 "eight writers add 25 reports each"
result "$(comm -23 "$work/all" <(sort -u "$work/seen") | head -3)" "" \
    "whoever follows sees the last of every one"
result "$(awk '!seen[$0]++ { at = $1 " " $2; if (at < last) print; last = at }' \
    "$work/seen" | head -3)" "" "and never an earlier change after a later one"

echo "1..$number"
