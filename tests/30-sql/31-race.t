#!/bin/bash
# What must hold when many do it at once: real sessions side by side.
#
# SPDX-License-Identifier: ISC
set -uo pipefail
. "$(dirname "$0")/support/tap.sh"
work=$(mktemp -d /tmp/crm-sql-race.XXXXXX)
trap 'rm -rf "$work"' EXIT
export PGDATABASE=crm_test

# sql LOGIN: runs what comes in and prints the last column of each row.
sql() {
	psql -X -q -At -v ON_ERROR_STOP=1 -U "$1"
}

# side_by_side COUNT COMMAND…: the command with its number as last argument.
side_by_side() {
	local count=$1 n
	local -a pids=()
	shift
	for n in $(seq "$count"); do
		"$@" "$n" >"$work/out.$n" 2>&1 &
		pids+=($!)
	done
	for n in "${pids[@]}"; do
		wait "$n"
	done
	cat "$work"/out.*
	rm -f "$work"/out.*
}

# add KEY REQUEST: the SQL of one intake as jaki, printing id and replayed.
add() {
	cat <<-SQL
	begin;
	\o /dev/null
	select api.channel_enter('kid-jaki', 'race');
	\o
	select (a.report).id || ' ' || (a.report).ticket || ' ' || a.replayed
	from api.report_add(sha256('$1'), sha256('$2'), gen_random_uuid(),
	    'private', 'jalan', 'Uji bersama', 'Uji', -6.218512, 106.908136, 5,
	    null, null, null, 'e', '\\x01', '\\x02', null, null, null, null, null,
	    true) a;
	commit;
	SQL
}

many_reports() {
	for n in $(seq 25); do
		add "many-$1-$n" same
	done | sql crm_channel
}

same_key() {
	add one-key same | sql crm_channel
}

key_with_other_request() {
	add one-key "other $1" | sql crm_channel
}

step() {
	cat <<-SQL | sql crm_officer
	begin;
	\o /dev/null
	select api.session_enter(sha256('$1'), '{officer}', 'race');
	\o
	select (a.report).version || ' ' || a.replayed
	from api.event_add($3, '\\x00', '$report', 1, '$2', case '$2'
	    when 'note' then '{"note": "catatan"}' else '{}' end::jsonb, '{}',
	    '{}', '{}', '{}', '{}', '{}') a;
	commit;
	SQL
}

race_step() {
	step budi take null
}

race_step_with_key() {
	step budi note "sha256('note-key')"
}

race_code() {
	cat <<-SQL | sql crm_officer
	select username from api.session_open('$account', sha256('race$1'), 7, 900,
	    '\\x01', null);
	SQL
}

# The day's first report comes from twelve sides at once.
psql -X -q -c "delete from crm.ticket_day"
out=$(side_by_side 12 many_reports)
result "$(grep -c ' false$' <<<"$out")" 300 "twelve sessions add 25 reports each"
result "$(cut -d' ' -f2 <<<"$out" | sort -u | wc -l)" 300 \
    "every ticket number is another"
result "$(psql -X -At -c 'select count(*) from crm.ticket_day')" 1 \
    "the day begins once"
result "$(cut -d' ' -f2 <<<"$out" | grep -cE '^JK[0-9]{10}$')" 300 \
    "all of four digits"
result "$(psql -X -At -c "select count(distinct report_id) from crm.inbox i
    join crm.report r on r.id = i.report_id
    where r.description = 'Uji bersama'")" 300 "all of them are in the lists"

# One key from twelve sides at once.
out=$(side_by_side 12 same_key)
result "$(cut -d' ' -f1,2 <<<"$out" | sort -u | wc -l)" 1 \
    "one key makes one report"
result "$(grep -c ' true$' <<<"$out")" 11 "the others get its answer again"
out=$(side_by_side 4 key_with_other_request)
result "$(grep -c 'used for another request' <<<"$out")" 4 \
    "the key with another request is refused"

# One version from eight sides at once.
report=$(psql -X -At -c "select id from crm.report
    where description = 'Uji bersama' order by id limit 1")
out=$(side_by_side 8 race_step)
result "$(grep -c '^2 false$' <<<"$out")" 1 "one of eight takes a report"
result "$(grep -c 'changed meanwhile' <<<"$out")" 7 "the others are too late"
report=$(psql -X -At -c "select id from crm.report
    where description = 'Uji bersama' order by id desc limit 1")
out=$(side_by_side 8 race_step_with_key)
result "$(sort <<<"$out" | uniq -c | xargs)" "1 2 false 7 2 true" \
    "one key makes one event"
result "$(psql -X -At -c "select count(*) from crm.event
    where report_id = '$report' and type = 'note'")" 1 "and no second one"

# One code of a second factor from six sides at once.
account=$(psql -X -At -c "update crm.account_secret s set totp = '\\xbeef'
    from crm.account a where a.id = s.account_id and a.username = 'tuti'
    returning a.id" | head -1)
out=$(side_by_side 6 race_code)
result "$(grep -c '^tuti$' <<<"$out")" 1 "a code opens one session"
result "$(grep -c 'sign-in refused' <<<"$out")" 5 "the others are refused"

echo "1..$number"
