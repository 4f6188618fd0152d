#!/bin/bash
# Alarms that several processes ring side by side, and while someone works on
# the report: real sessions.
#
# SPDX-License-Identifier: ISC
set -uo pipefail
. "$(dirname "$0")/support/tap.sh"
work=$(mktemp -d /tmp/crm-sql-alarm.XXXXXX)
trap 'rm -rf "$work"' EXIT
export PGDATABASE=crm_test

ask() {
	psql -X -q -At -v ON_ERROR_STOP=1 -U "$1" -c "$2"
}

# Rings in portions until there is nothing left; how many in all.
ring() {
	local count sum=0
	while count=$(ask crm_jobs "select api.job_alarm(7)") &&
	    [ "$count" != 0 ]; do
		sum=$((sum + count))
	done
	echo "$sum"
}

for n in $(seq 90); do
	cat <<-SQL
	begin;
	select api.channel_enter('kid-jaki', 'alarm');
	select api.report_add(null, '\\x00', gen_random_uuid(), 'private',
	    'jalan', 'Uji alarm', 'Uji', -6.218512, 106.908136, 5, null, null,
	    null, 'e', '\\x01', '\\x02', null, null, null, null, null, true);
	commit;
	SQL
done | psql -X -q -v ON_ERROR_STOP=1 -U crm_channel >/dev/null

ahead=$(ask postgres "select ahead from crm.clock")
trap 'ask postgres "update crm.clock set ahead = '"'$ahead'"'"; rm -rf "$work"' EXIT
ask postgres "update crm.clock set ahead = ahead + interval '5 hours'"
due=$(ask postgres "select count(*) from crm.alarm a where a.at <= crm.now()")

# Someone works on one of them for as long as the others are rung.
report=$(ask postgres "select id from crm.report where description = 'Uji alarm'
    order by id limit 1")
coproc psql -X -q -At -U postgres 2>&1
echo "begin; select 'held' from crm.report where id = '$report' for update;" \
    >&"${COPROC[1]}"
read -r held <&"${COPROC[0]}"
result "$held" held "a step is on its way"
pids=()
for n in $(seq 6); do
	ring >"$work/$n" &
	pids+=($!)
done
wait "${pids[@]}"
result "$(cat "$work"/* | awk '{ sum += $1 } END { print sum }')" $((due - 1)) \
    "six processes ring all others, each once"
result "$(ask postgres "select count(*) from crm.event
    where report_id = '$report' and type = 'remind'")" 0 \
    "what someone works on does not ring, and nobody waits for it"
echo "rollback; select 'free';" >&"${COPROC[1]}"
read -r held <&"${COPROC[0]}"
result "$held $(ring)" "free 1" "it rings afterwards"
result "$(ask postgres "select count(*) || ' ' || count(distinct e.report_id)
    from crm.event e join crm.report r on r.id = e.report_id
    where r.description = 'Uji alarm' and e.type = 'remind'")" "90 90" \
    "one reminder each"
result "$(ask postgres "select count(*) from crm.notice n
    join crm.report r on r.id = n.report_id
    where r.description = 'Uji alarm' and n.type = 'remind'")" 90 \
    "and one notice"

# A process that dies in the middle leaves nothing half done.
ask postgres "update crm.clock set ahead = ahead + interval '2 hours'"
due=$(ask postgres "select count(*) from crm.alarm a where a.at <= crm.now()")
psql -X -q -At -U crm_jobs <<-'SQL' >/dev/null
begin;
select api.job_alarm(20);
SQL
result "$(ask postgres "select count(*) from crm.event e
    join crm.report r on r.id = e.report_id
    where r.description = 'Uji alarm' and e.type = 'escalate'")" 0 \
    "what was not committed did not ring"
result "$(ring)" "$due" "and rings later"

echo "1..$number"
