#!/bin/bash
# No value reaches the server's log, neither by slow statements (all are logged
# here) nor by failing ones, whatever the login.
#
# SPDX-License-Identifier: ISC
set -uo pipefail
. "$(dirname "$0")/support/tap.sh"
export PGDATABASE=crm_test
log=$CRM_SQL_WORK/log/server

# bound LOGIN MARKER: runs the script that comes in, :value being a parameter.
bound() {
	cat >"$CRM_SQL_WORK/log/script"
	"$CRM_SQL_BIN/pgbench" -n -t 1 -M extended -U "$1" -D "value=$2" \
	    -f "$CRM_SQL_WORK/log/script" 2>&1
}

# fails LOGIN: a statement that comes in fails.
fails() {
	local out
	out=$(bound "$1" "$marker")
	grep -q 'ERROR:' <<<"$out"
}

add='select api.report_add(null, null, gen_random_uuid(),'

for login in crm_owner crm_officer crm_channel crm_public crm_jobs crm_vault; do
	marker=RAHASIA$login
	bound "$login" "$marker" <<<"select length(:value);" >/dev/null
	fails "$login" <<<"select :value::int;"
	result $? 0 "$login: a cast fails"
	fails "$login" <<<"select 1 / 0, length(:value);"
	result $? 0 "$login: a division fails"
	result "$(grep -c "$marker" "$log")" 0 "$login: no value is logged"
done

marker=RAHASIAofficer
bound crm_officer "$marker" >/dev/null <<-'SQL'
select api.signin_begin(:value, '\x01', :value);
select api.signin_fail(:value, '\x01');
begin;
select api.session_enter(sha256('budi'), '{officer}', :value);
select count(*) from api.report_list(null, null, null, null, null, null,
    :value, null, null, null, null, 25);
select count(*) from api.report_open(:value);
commit;
SQL
fails crm_officer <<-'SQL'
select count(*) from api.report_list(null, null, null, null, null, null,
    null, null, null, :value, null, 25);
SQL
result $? 0 "a cursor of nonsense fails"
fails crm_officer <<<"select * from api.event_list(:value, null, null, 1);"
result $? 0 "a timeline of nothing fails"
result "$(grep -c "$marker" "$log")" 0 "an officer's words are not logged"

marker=RAHASIAchannel
enter="select api.channel_enter('kid-jaki', null);"
bound crm_channel "$marker" >/dev/null <<-SQL
begin;
$enter
$add 'private', null, :value, :value, -6.2, 106.9, 5, :value, null, :value,
    :value, convert_to(:value, 'UTF8'), convert_to(:value, 'UTF8'), null, null,
    null, null, null, true);
commit;
SQL
result "$(psql -X -At -c "select count(*) from crm.report
    where description = '$marker'" | tail -1)" 1 "a report is added"
fails crm_channel <<-SQL
begin;
$enter
$add 'private', :value, :value, :value, null, null, null, null, null, null,
    null, null, null, null, null, null, null, null, true);
commit;
SQL
result $? 0 "an unknown category fails"
fails crm_channel <<-SQL
begin;
$enter
$add :value, null, :value, :value, null, null, null, null, null, null, null,
    null, null, null, null, null, null, null, true);
commit;
SQL
result $? 0 "a visibility that is none fails, a row of values with it"
fails crm_channel <<-SQL
begin;
$enter
insert into crm.report_key (id, ticket, received_at) values
    (gen_random_uuid(), :value, now());
commit;
SQL
result $? 0 "a broken rule of a table fails"
# psql's own look at the table above is of the superuser: not counted.
result "$(grep "$marker" "$log" | grep -vc "where description = ")" 0 \
    "nothing of a report is logged"

# The log would have told: the superuser is not pinned.
marker=RAHASIAsuperuser
bound postgres "$marker" <<<"select length(:value);" >/dev/null
bound postgres "$marker" <<<"select :value::int;" >/dev/null
[ "$(grep -c "$marker" "$log")" -ge 2 ]
result $? 0 "without the settings a value is logged"
[ "$(grep -c 'signin_begin' "$log")" -ge 1 ]
result $? 0 "statements are logged, with \$1 for values"

echo "1..$number"
