-- The ranking: what counts, when, for whom, and that it tells of no report.
--
-- SPDX-License-Identifier: ISC

\set ON_ERROR_STOP on
begin;
set local search_path = tap, test, pg_catalog;
select no_plan();

-- Reports of two kelurahan; work is told apart by its number.
create temporary table r (n int, place text, id uuid);
grant all on r to public;
select test.as('jaki');
insert into r
select n, p.place, (test.report('private', p.lat, p.lng, 'Laporan ' || n,
    photos => 0)).id
from generate_series(1, 44) n
cross join (values ('klender', -6.218512, 106.908136),
    ('sirih', -6.1853, 106.8330)) p (place, lat, lng)
where p.place = 'klender' or n <= 14;
select test.root();

-- What one step makes of a report, at a time in Jakarta.
create function pg_temp.becomes(place text, numbers int4range, status text,
    at text, due text default 'infinity') returns void
language sql as $$
	update crm.report u set status = becomes.status,
	    due_at = case becomes.status when 'awaiting_validation'
		then u.due_at else due::timestamptz end,
	    changed_at = becomes.at::timestamp at time zone 'Asia/Jakarta'
	from r where r.id = u.id and r.place = becomes.place
	and becomes.numbers @> r.n
$$;
create function pg_temp.works(place text, numbers int4range, late boolean,
    day text) returns void
language plpgsql as $$
begin
	perform pg_temp.becomes(place, numbers, 'in_progress', day || ' 08:00',
	    case when late then '2020-01-01' else 'infinity' end);
	perform pg_temp.becomes(place, numbers, 'awaiting_validation',
	    day || ' 10:00');
	perform pg_temp.becomes(place, numbers, 'completed', day || ' 12:00');
end
$$;
create function pg_temp.ranks(who text, since text default null,
    until text default null, kind text default null) returns text[]
language plpgsql as $$
begin
	perform test.as(who);
	return array(select concat_ws(' ', replace(l.unit_name, 'Kelurahan ', ''),
	    l.validated, l.reopened, l.on_time, '#' || l.rank)
	    from api.ranking_list(since::date, until::date, kind) l);
end
$$;

select is(pg_temp.ranks('lurah', '2026-01-01', '2026-12-31'), '{}',
    'no work, no ranking');
select test.root();
select pg_temp.works('klender', '[1,9]', false, '2026-03-05');
select is(pg_temp.ranks('lurah', '2026-03-01', '2026-03-31'), '{}',
    'nine are left out');
select test.root();
select pg_temp.works('klender', '[10,10]', false, '2026-03-06');
select is(pg_temp.ranks('lurah', '2026-03-01', '2026-03-31'),
    '{"Klender 10 0 1 #1"}', 'ten count');
select is(pg_temp.ranks(who, '2026-03-01', '2026-03-31'),
    '{"Klender 10 0 1 #1"}', format('%s sees the same', who))
from unnest(array['budi', 'tuti', 'camat', 'vina']) who;
select is(pg_temp.ranks('vina', '2026-03-06', '2026-03-31'), '{}',
    'a span that holds less than ten says nothing');
select is(pg_temp.ranks('vina', '2026-03-05', '2026-03-06'),
    '{"Klender 10 0 1 #1"}', 'the first and the last day belong to the span');

-- Jakarta's days, not those of the machine.
select test.root();
select pg_temp.becomes('klender', '[11,20]', 'awaiting_validation',
    '2026-04-01 23:00');
select pg_temp.becomes('klender', '[11,15]', 'completed', '2026-04-01 23:59');
select pg_temp.becomes('klender', '[16,20]', 'completed', '2026-04-02 00:01');
select results_eq($$select day::text, validated from crm.work_day
    where day >= '2026-04-01' order by day$$,
    $$values ('2026-04-01', 5), ('2026-04-02', 5)$$,
    'a day ends at midnight in Jakarta');

-- Reopened work is no longer counted as done, on the day it was.
select pg_temp.becomes('klender', '[11,13]', 'waiting', '2026-04-20 09:00');
select is(pg_temp.ranks('vina', '2026-04-01', '2026-04-30'), '{}',
    'what was reopened does not make up the ten');
select test.root();
select results_eq($$select validated, on_time, reopened from crm.work_day
    where day = '2026-04-01'$$, $$values (2, 2, 3)$$, 'it is told apart');
select pg_temp.works('klender', '[11,13]', false, '2026-05-02');
select results_eq($$select validated, reopened from crm.work_day
    where day = '2026-05-02'$$, $$values (3, 0)$$,
    'and counts on the day it is found good again');
select pg_temp.becomes('klender', '[16,17]', 'followup_rejected',
    '2026-04-03 09:00');
select results_eq($$select validated, on_time, reopened from crm.work_day
    where day = '2026-04-02'$$, $$values (3, 3, 0)$$,
    'what a second validator refused never counted');
select pg_temp.becomes('klender', '[16,17]', 'awaiting_validation',
    '2026-04-04 09:00');
select pg_temp.becomes('klender', '[16,17]', 'followup_rejected',
    '2026-04-05 09:00');
select is((select count(*)::int from crm.work_day where day > '2026-04-02'
    and day < '2026-05-01'), 0, 'nor does what the first refused');

-- Rounding: five stand behind every number that is told.
select pg_temp.works('klender', '[21,34]', false, '2026-06-01');
select pg_temp.works('klender', '[35,36]', true, '2026-06-01');
select is(pg_temp.ranks('vina', '2026-06-01', '2026-06-01'),
    '{"Klender 15 0 1 #1"}', 'sixteen are fifteen, two late ones no share');
select test.root();
select pg_temp.works('klender', '[37,44]', true, '2026-06-01');
select is(pg_temp.ranks('vina', '2026-06-01', '2026-06-01'),
    '{"Klender 20 0 0.5 #1"}', 'ten late of twenty-four are about half');
select test.root();
select pg_temp.becomes('klender', '[21,24]', 'waiting', '2026-06-02 09:00');
select is(pg_temp.ranks('vina', '2026-06-01', '2026-06-01'),
    '{"Klender 20 0 0.5 #1"}', 'four reopened are told as none');
select test.root();
select pg_temp.becomes('klender', '[25,27]', 'waiting', '2026-06-02 09:00');
select is(pg_temp.ranks('vina', '2026-06-01', '2026-06-01'),
    '{"Klender 15 5 0.5 #1"}', 'seven as five');
select test.root();
select is_empty($$
	select * from generate_series(10, 300) whole
	cross join lateral generate_series(0, whole) part
	cross join lateral (values (crm.share_round(part, whole))) s (share)
	where share not between 0 and 1
	or abs(share - part::float8 / whole) > 0.2501
$$, 'a rounded share is a share, and near enough');
select is_empty($$
	select whole, share from generate_series(10, 300) whole
	cross join lateral generate_series(0, whole) part
	cross join lateral (values (crm.share_round(part, whole))) s (share)
	where share between 0.001 and 0.999
	group by whole, share having count(*) < 5
$$, 'no share between none and all stands for less than five counts');

-- Ranks.
select pg_temp.works('sirih', '[1,14]', false, '2026-06-01');
select is(pg_temp.ranks('vina', '2026-06-01', '2026-06-01'),
    '{"Klender 15 5 0.5 #1","Kebon Sirih 10 0 1 #2"}',
    'more work found good comes first');
select is(pg_temp.ranks('vina', '2026-06-01', '2026-06-01', 'kelurahan'),
    '{"Klender 15 5 0.5 #1","Kebon Sirih 10 0 1 #2"}', 'of one kind');
select is(pg_temp.ranks('vina', '2026-06-01', '2026-06-01', 'dinas'), '{}',
    'of another kind there is none');
select test.root();
insert into crm.work_day (unit_id, day, validated, on_time)
select id, '2026-07-02', 11, 11 from crm.unit where name = 'Kelurahan Klender';
insert into crm.work_day (unit_id, day, validated, on_time)
select id, '2026-07-02', 14, 14 from crm.unit
where name in ('Kelurahan Menteng', 'Kelurahan Cikini');
select is(pg_temp.ranks('vina', '2026-07-02', '2026-07-02'),
    '{"Cikini 10 0 1 #1","Klender 10 0 1 #1","Menteng 10 0 1 #1"}',
    'what looks the same ranks the same, whatever lies below the rounding');

-- Without a span: thirty days up to now.
select test.root();
delete from crm.work_day;
insert into crm.work_day (unit_id, day, validated, on_time)
select u.id, (crm.now() at time zone 'Asia/Jakarta')::date - d.ago, 10, 0
from crm.unit u, unnest(array[0, 29, 30]) d (ago)
where u.name = 'Kelurahan Menteng';
select is(pg_temp.ranks('budi'), '{"Menteng 20 0 0 #1"}',
    'without a span, the last thirty days');

select is(outcome('select from crm.work_day'), '42501',
    'nobody reads the exact numbers');
select is(outcome('select from crm.work'), '42501', 'nor the work behind them');

select * from finish();
rollback;
