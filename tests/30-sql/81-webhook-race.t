#!/bin/bash
# Versions made while others are ended: none is forgotten, none overtakes.
#
# SPDX-License-Identifier: ISC
set -uo pipefail
work=$(mktemp -d /tmp/crm-sql-webhook.XXXXXX)
export PGDATABASE=crm_test
ROUNDS=150

ask() {
	psql -X -q -At -v ON_ERROR_STOP=1 -U "$1" -c "$2"
}
clean() {
	ask crm_owner "select crm.webhook_remove('jaki', 'https://race.example/')"
	rm -rf "$work"
} >/dev/null
trap clean EXIT

ask crm_owner "select crm.webhook_add('jaki', 'https://race.example/', '\\x01')" >/dev/null
psql -X -q -At -v ON_ERROR_STOP=1 -U crm_channel >"$work/id" <<-'SQL'
begin;
select api.channel_enter('kid-jaki', 'webhook') \g /dev/null
select (api.report_add(null, '\x00', gen_random_uuid(), 'private', 'jalan',
    'Uji webhook', 'Uji', -6.218512, 106.908136, 5, null, null, null, 'e',
    '\x01', '\x02', null, null, null, null, null, true)).report.id;
commit;
SQL
report=$(cat "$work/id")

# Two make versions, one ends them as soon as they are due.
make() {
	for _ in $(seq "$ROUNDS"); do
		echo "update crm.report set version = version + 1 where id = '$report';"
	done | psql -X -q -v ON_ERROR_STOP=1 -U postgres
}
end() {
	cat >"$work/end.sql" <<-'SQL'
	do $$
	declare
		due record;
		taken int := 0;
		idle timestamptz := clock_timestamp();
	begin
		while clock_timestamp() < idle + interval '2 seconds' loop
			for due in select * from api.job_webhook_due('{}', '{}')
			    d where d.url = 'https://race.example/' loop
				perform api.job_webhook_done(due.id, 'delivered', 'ok');
				taken := taken + 1;
				idle := clock_timestamp();
				commit;
			end loop;
			commit;
		end loop;
	end
	$$;
	SQL
	psql -X -q -v ON_ERROR_STOP=1 -U crm_jobs -f "$work/end.sql"
}
make >"$work/one" 2>&1 &
one=$!
make >"$work/two" 2>&1 &
two=$!
end >"$work/three" 2>&1
status=$?
wait "$one" && wait "$two" || status=1
echo "1..2"
have=$(ask postgres "select count(*) || ' ' || count(delivered_at) from crm.webhook_event
    where report_id = '$report'")
want="$((2 * ROUNDS + 1)) $((2 * ROUNDS + 1))"
if [ "$status" = 0 ] && [ "$have" = "$want" ]; then
	echo "ok 1 - every version was sent"
else
	echo "not ok 1 - every version was sent"
	echo "# have: $have, want: $want"
	sed 's/^/# /' "$work"/one "$work"/two "$work"/three
fi
have=$(ask postgres "select count(*) from crm.webhook_event a join crm.webhook_event b
    on a.report_id = b.report_id and a.version < b.version
    and a.delivered_at > b.delivered_at where a.report_id = '$report'")
if [ "$have" = 0 ]; then
	echo "ok 2 - in order"
else
	echo "not ok 2 - in order"
	echo "# $have overtook"
fi
