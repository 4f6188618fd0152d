#!/bin/bash
# Steps that cross each other: one is done, the other comes too late, and
# nothing is half done.
#
# SPDX-License-Identifier: ISC
set -uo pipefail
. "$(dirname "$0")/support/tap.sh"
work=$(mktemp -d /tmp/crm-sql-work-race.XXXXXX)
trap 'rm -rf "$work"' EXIT
export PGDATABASE=crm_test

ask() {
	psql -X -At -c "$1"
}

# enter WHO: the SQL by which someone comes in, and the login it needs. Not
# test.as(): that moves the clock, and so makes everyone wait for everyone.
login=
enter() {
	if [ "$1" = jaki ]; then
		login=crm_channel
		entry="select api.channel_enter('kid-jaki', 'race');"
	else
		login=crm_officer
		entry="select api.session_enter(sha256('$1'), '{officer,
		    supervisor,triage,validator}', 'race');"
	fi
}

# step WHO REPORT TYPE VERSION [MORE]: the new version, or what is wrong.
step() {
	enter "$1"
	psql -X -q -At -v ON_ERROR_STOP=1 -U "$login" 2>&1 <<-SQL
	begin;
	\o /dev/null
	$entry
	\o
	select (s.report).version from test.step('$2', '$3', $4,
	    body => test.body('$3') || '${5:-{\}}') s;
	commit;
	SQL
}

# report WHO TYPE…: a report of jaki, taken through these steps; its id.
report() {
	local id version=1 one
	enter jaki
	id=$(psql -X -q -At -U "$login" 2>&1 <<-SQL
	begin;
	\o /dev/null
	$entry
	\o
	select id from test.report('public');
	commit;
	SQL
	)
	for one in "${@:2}"; do
		step "$1" "$id" "$one" "$version" >"$work/made"
		version=$((version + 1))
	done
	echo "$id"
}

# cross_once FIRST SECOND: both commands at once; how many got through.
cross_once() {
	local first second
	eval "$1" >"$work/first" 2>&1 &
	first=$!
	eval "$2" >"$work/second" 2>&1 &
	second=$!
	wait "$first" "$second"
	cat "$work/first" "$work/second" | grep -cE '^[0-9]+$'
}

# winners MAKE FIRST SECOND: six reports, each crossed; how often how many won.
winners() {
	local id other
	for _ in 1 2 3 4 5 6; do
		# shellcheck disable=SC2034 # the commands name it
		id=$($1) other=$(report budi)
		cross_once "$2" "$3"
	done | sort | uniq -c | xargs
}

waiting() { report budi; }
taken() { report budi take; }
done_work() { report budi take follow_up; }
handed_over() {
	report budi hand_over
}

# shellcheck disable=SC2016 # each round has its own report
{
result "$(winners waiting 'step budi $id take 1' 'step bude $id take 1')" \
    "6 1" "one of two officers takes a report"
result "$(winners waiting 'step budi $id take 1' 'step bude $id hand_over 1')" \
    "6 1" "it is taken or handed over"
result "$(winners done_work 'step vina $id accept_work 3' \
    'step vina $id refuse_work 3')" "6 1" "one of two validators decides"
result "$(winners taken 'step budi $id follow_up 2' \
    'step sari $id merge 2 "{\"into\": \"$other\"}"')" "6 1" \
    "it is followed up or merged"
result "$(winners handed_over 'step budi $id undo 2' \
    'step dsda $id take 2')" "6 1" "the hand-over is undone or taken up"
result "$(winners waiting 'step jaki $id withdraw 1' 'step budi $id take 1')" \
    "6 1" "it is withdrawn or taken"
result "$(winners waiting \
    'step sari $id merge 1 "{\"into\": \"$other\"}"' \
    'step sari $other merge 1 "{\"into\": \"$id\"}"')" "6 1" \
    "of two reports one is merged into the other"
}

result "$(ask "select count(*) from crm.report r
    where r.version <> (select max(e.version) from crm.event e
	where e.report_id = r.id)
    or r.version <> 1 and r.status <> (select e.to_status from crm.event e
	where e.report_id = r.id and e.version = r.version
	and e.type not in ('main_step', 'remind', 'escalate') limit 1)")" 0 \
    "every report stands where its last event left it"
result "$(ask "select count(*) from (select report_id, version
    from crm.event where type not in ('remind', 'escalate')
    group by 1, 2 having count(*) > 1) e")" 0 "no two steps made one version"
result "$(ask "select count(*) from crm.report r
    where (select count(*) from crm.hand_over h where h.report_id = r.id
    and h.ended_at is null) > 1 or r.status = 'coordination' and not exists (
    select from crm.hand_over h where h.report_id = r.id
    and h.ended_at is null and h.to_unit_id = r.unit_id)")" 0 \
    "one hand-over at most is open, to the unit that holds the report"
result "$(ask "select count(*) from crm.report r where r.merged <> (
    select count(*) from crm.report m where m.main_id = r.id)")" 0 \
    "every main report knows how many are merged into it"

echo "1..$number"
