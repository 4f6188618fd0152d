-- The hand-overs of a report, as those read them who see the report.
--
-- SPDX-License-Identifier: ISC

\set ON_ERROR_STOP on
begin;
set local search_path = tap, test, pg_catalog;
select no_plan();

create temporary table r (id uuid, ticket text);
grant all on r to public;
select test.as('jaki');
insert into r select id, ticket from test.report(photos => 0);
select test.root();
update crm.report u set unit_id = x.id, unit_ids = u.unit_ids || x.id
from r, crm.unit x where u.id = r.id and x.name = 'Dinas Bina Marga';
create function pg_temp.goes(since text, until text, sender text, getter text,
    in_kind text, why text, is_returned boolean) returns void
language plpgsql as $$
declare
	step constant uuid := gen_random_uuid();
begin
	insert into crm.event_internal (event_id, report_id, by_account_id, reason,
	    note)
	select step, r.id, a.id, why, 'catatan ' || why
	from r, crm.account a where a.username = 'budi';
	insert into crm.hand_over (report_id, kind, from_unit_id, to_unit_id,
	    from_status, at, ended_at, returned, event_id)
	select r.id, in_kind, f.id, t.id, 'waiting', since::timestamptz,
	    until::timestamptz, is_returned, step
	from r, crm.unit f, crm.unit t
	where f.name = sender and t.name = getter;
end
$$;
select pg_temp.goes('2026-01-01', '2026-01-02', 'Kelurahan Klender',
    'Dinas Bina Marga', 'coordination', 'jalan provinsi', true),
    pg_temp.goes('2026-01-03', null, 'Kelurahan Klender',
    'Dinas Bina Marga', 'disposition', 'sekali lagi', false);

create function pg_temp.sees(who text, size int default 9,
    after_at text default null, after_id uuid default null) returns text[]
language plpgsql as $$
begin
	perform test.as(who);
	return array(select concat_ws('|', l.kind, l.from_unit_name,
	    l.to_unit_name, l.reason, l.note, l.at::date, l.ended_at::date,
	    l.returned)
	    from r, api.hand_over_list(r.ticket, after_at::timestamptz, after_id,
		size) l);
end
$$;
select is(pg_temp.sees(who), '{disposition|Kelurahan Klender|Dinas Bina Marga|sekali lagi|catatan sekali lagi|2026-01-03|f,coordination|Kelurahan Klender|Dinas Bina Marga|jalan provinsi|catatan jalan provinsi|2026-01-01|2026-01-02|t}',
    format('%s sees all of them, the newest first', who))
from unnest(array['budi', 'bina', 'lurah', 'camat', 'sari', 'vina']) who;
select is(cardinality(pg_temp.sees('budi', 1)), 2,
    'one more than asked says that there is more');
select is(pg_temp.sees('budi', 1, '2026-01-03', (select h.id
    from crm.hand_over h where h.at = '2026-01-03')),
    '{coordination|Kelurahan Klender|Dinas Bina Marga|jalan provinsi|catatan jalan provinsi|2026-01-01|2026-01-02|t}',
    'and the page after it');

select test.as('tuti');
select is(outcome(format(
    'select id from api.hand_over_list(%L, null, null, 9)', r.ticket)),
    'CR404', 'whoever does not see the report sees none') from r;
select is(outcome(
    'select id from api.hand_over_list(''JK2001010001'', null, null, 9)'),
    'CR404', 'as if there were no report');
select test.as('jaki');
select is(outcome('select from crm.hand_over'), '42501', 'channels see none');

select test.root();
select is((select count(*)::int from audit.entry e, r
    where e.report_id = r.id and e.action = 'hand_over_list'), 8,
    'each look leaves an entry');

select * from finish();
rollback;
