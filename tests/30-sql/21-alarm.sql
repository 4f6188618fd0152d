-- What rings before and after a deadline: once each, to whom it concerns, and
-- nothing of the report changes.
--
-- SPDX-License-Identifier: ISC

\set ON_ERROR_STOP on
begin;
set local search_path = tap, test, pg_catalog;
select no_plan();
do $$
begin
	execute format('grant usage on schema tap, test to crm_jobs');
end
$$;

create temporary table r (id uuid);
grant all on r to public;
select test.as('jaki');
insert into r select id from test.report('private');

-- Rings what is due, as the job does; how many.
create function pg_temp.ring() returns int
language plpgsql as $$
declare
	result int;
begin
	perform set_config('role', 'crm_jobs', true);
	result := api.job_alarm(100);
	perform set_config('role', 'none', true);
	return result;
end
$$;
create function pg_temp.at(moment timestamptz) returns void
language plpgsql as $$
begin
	perform set_config('role', 'none', true);
	update crm.clock set ahead = moment - now();
end
$$;
create function pg_temp.due() returns timestamptz language sql as $$
	select r.due_at from crm.report r, r one where r.id = one.id
$$;
create function pg_temp.next() returns text language sql as $$
	select a.stage || ' ' || extract(epoch from a.at - c.due_at)::bigint
	from r, crm.alarm a, crm.report c
	where a.report_id = r.id and c.id = r.id
$$;
-- The timeline of what rang, with what it told whom.
create function pg_temp.rang() returns text language sql as $$
	select string_agg(concat_ws(' ', e.type, u.name, (
	    select string_agg(n.reader, '+' order by n.reader)
	    from crm.notice n where n.event_id = e.id)), ', '
	    order by e.at, e.id)
	from r, crm.event e join crm.unit u on u.id = e.to_unit_id
	where e.report_id = r.id and e.type in ('remind', 'escalate')
$$;
create function pg_temp.hears(who text, report uuid) returns text
language plpgsql as $$
declare
	result text;
begin
	-- Years pass here, and sessions would end.
	update crm.session set last_seen_at = crm.now(),
	    expires_at = crm.now() + interval '1 hour';
	perform test.as(who);
	select string_agg(l.type, ' ' order by l.at, l.id) into result
	from api.notice_list(null, null, 50) l where l.report_id = report
	and l.type in ('remind', 'escalate');
	perform test.root();
	return result;
end
$$;

select test.root();
select is(pg_temp.next(), 'remind -5400',
    'a quarter of six hours before the deadline');
select is(pg_temp.ring(), 0, 'nothing rings before its time');
create temporary table was as
select c.* from crm.report c, r where c.id = r.id;

select pg_temp.at(pg_temp.due() - interval '90 minutes 1 second');
select is(pg_temp.ring(), 0, 'not a second too early');
select pg_temp.at(pg_temp.due() - interval '90 minutes');
select is(pg_temp.ring(), 1, 'the reminder rings');
select is(pg_temp.ring(), 0, 'once');
select is(pg_temp.rang(), 'remind Kelurahan Klender unit', 'to the unit');
select is(pg_temp.next(), 'escalate 0', 'next is the deadline');
select results_eq('select e.by_unit_id, e.by_channel_id, e.version,
    e.from_status, e.to_status from r join crm.event e on e.report_id = r.id
    where e.type = ''remind''', $$values (null::uuid, null::uuid, 1,
    'waiting', 'waiting')$$, 'nobody did it, and it changed nothing');

select pg_temp.at(pg_temp.due());
select is(pg_temp.ring(), 1, 'the deadline rings');
select is(pg_temp.next(), 'again 86400', 'and a day later again');
select pg_temp.at(pg_temp.due() + interval '23 hours 59 minutes 59 seconds');
select is(pg_temp.ring(), 0, 'not a second too early');
select pg_temp.at(pg_temp.due() + interval '24 hours');
select is(pg_temp.ring(), 1, 'a day later it rings');
select is(pg_temp.next(), null, 'and never again');
select pg_temp.at(pg_temp.due() + interval '100 days');
select is(pg_temp.ring(), 0, 'however long it lies');
select is(pg_temp.rang(), 'remind Kelurahan Klender unit, '
    'escalate Kelurahan Klender supervisor, '
    'escalate Kecamatan Duren Sawit supervisor',
    'the unit, its supervisor, the one above');
select is_empty('select * from was except select c.* from crm.report c, r
    where c.id = r.id', 'nothing of the report changed');

-- Put off, and restored when that step is taken back.
update crm.report c set due_at = crm.now() + interval '7 days' from r
where c.id = r.id;
select is(split_part(pg_temp.next(), ' ', 1), 'remind', 'a new deadline');
update crm.report c set due_at = was.due_at from r, was where c.id = r.id;
select is(pg_temp.next(), null, 'the old one has rung all it had to');

select pg_temp.at(pg_temp.due() + interval '25 hours');
select is(pg_temp.hears('budi', id), 'remind', 'an officer is reminded') from r;
select is(pg_temp.hears('lurah', id), 'remind escalate',
    'the supervisor hears the escalation as well') from r;
select is(pg_temp.hears('camat', id), 'escalate',
    'the one above hears the last alone') from r;
select is(pg_temp.hears('tuti', id), null, 'another unit hears nothing') from r;
select is(pg_temp.hears('sari', id), null, 'nor does triage') from r;

-- Whoever was late rings the deadline, not the reminder.
select test.as('jaki');
update r set id = (select id from test.report('public'));
select pg_temp.at(pg_temp.due() + interval '1 minute');
select ok(pg_temp.ring() > 0, 'the job comes late');
select ok(pg_temp.ring() > 0, 'and rings the deadline at once');
select is(pg_temp.rang(), 'escalate Kelurahan Klender supervisor',
    'without a reminder');

create temporary table late as select pg_temp.due() as due;
update crm.report c set due_at = null from r where c.id = r.id;
update crm.report c set due_at = late.due from r, late where c.id = r.id;
select is(pg_temp.next(), 'again 86400', 'restored it goes on where it was');

-- A new deadline is a new alarm; one that is over rings no more.
create function pg_temp.set(status text, due timestamptz,
    asked timestamptz default null) returns void
language sql as $$
	update crm.report c set status = set.status, due_at = due,
	    asked_at = asked, version = c.version + 1
	from r where c.id = r.id
$$;
select pg_temp.set('in_progress', crm.now() + interval '24 hours');
select is(pg_temp.next(), 'remind -21600', 'a new deadline, a new reminder');
select pg_temp.set('in_progress', crm.now() + interval '2 hours');
select is(pg_temp.next(), 'escalate 0', 'with little left only the deadline');
select pg_temp.at(crm.now() + interval '1 day');
select pg_temp.set('in_progress', crm.now() - interval '1 hour');
select is(pg_temp.next(), 'escalate 0', 'with nothing left at once');
select pg_temp.set('completed', null);
select is(pg_temp.next(), null, 'without a deadline nothing rings');

-- The clock of others: validators and triage.
select pg_temp.set('awaiting_validation', crm.now() + interval '48 hours');
select is(pg_temp.next(), 'remind -43200', 'validators have two days');
select pg_temp.at(pg_temp.due() - interval '12 hours');
select ok(pg_temp.ring() > 0, 'their reminder rings');
select pg_temp.at(pg_temp.due());
select ok(pg_temp.ring() > 0, 'their deadline rings');
select is(pg_temp.hears('vina', id), 'remind escalate', 'to them') from r;
select is(pg_temp.hears('budi', id), null, 'not to the unit') from r;
select test.as('jaki');
update r set id = (select id from test.report('public', null, null));
select pg_temp.at(pg_temp.due() - interval '1 hour');
select ok(pg_temp.ring() > 0, 'an hour before triage is reminded');
select is(pg_temp.hears('sari', id), 'remind', 'triage hears of it') from r;
select is(pg_temp.hears('vina', id), null, 'validators do not') from r;

-- A date that was approved.
select test.as('jaki');
update r set id = (select id from test.report('public'));
select test.root();
select pg_temp.set('scheduled', crm.now() + interval '30 days');
select is(pg_temp.next(), 'remind -86400', 'a day before the date');
select pg_temp.at(pg_temp.due());
select ok(pg_temp.ring() > 0 and pg_temp.ring() > 0, 'the date comes');
select is(pg_temp.rang(), 'escalate Kelurahan Klender supervisor',
    'the supervisor hears that it came');
select is((select c.status from crm.report c, r where c.id = r.id),
    'scheduled', 'and nothing closed itself');

-- Asked, and no answer for three counted days: 17 August is a day off.
insert into crm.holiday (day, name, kind)
values ('2033-08-17', 'Proklamasi Kemerdekaan', 'public');
select pg_temp.at('2033-08-15 03:00+00');
select pg_temp.set('in_progress', null, crm.now());
select is((select a.stage || ' ' || (a.at at time zone 'UTC')
    from crm.alarm a, r where a.report_id = r.id), 'ask 2033-08-19 03:00:00',
    'three days that count');
select pg_temp.at('2033-08-19 03:00+00');
select ok(pg_temp.ring() > 0, 'it rings');
select is(pg_temp.next(), null, 'once');
select is(pg_temp.rang(), 'escalate Kelurahan Klender supervisor, '
    'remind Kelurahan Klender unit', 'to the unit');
-- A deadline that runs on while the reporter is asked rings as ever.
select pg_temp.set('in_progress', crm.now() + interval '10 days', crm.now());
select is(pg_temp.next(), 'remind -21600', 'a clock that runs comes first');

-- A deadline over a day off: the reminder counts back over it.
select pg_temp.at('2033-08-16 10:00+00');
select pg_temp.set('waiting', '2033-08-17 17:30+00');
select is((select a.stage || ' ' || (a.at at time zone 'UTC')
    from crm.alarm a, r where a.report_id = r.id),
    'remind 2033-08-16 16:00:00', 'half an hour of it is left before the day off');

-- The officer who works on it hears, also in another unit.
update crm.report c set officer_id = a.id from r, crm.account a
where c.id = r.id and a.username = 'tuti';
select pg_temp.at('2033-08-16 16:00+00');
select ok(pg_temp.ring() > 0, 'it rings');
select is((select string_agg(n.reader, '+' order by n.reader)
    from crm.notice n, r where n.report_id = r.id
    and n.at = crm.now()), 'account+unit', 'for the officer and the unit');

-- A deleted report takes its alarm along.
delete from crm.report_key k using r where k.id = r.id;
select is(pg_temp.next(), null, 'no report, no alarm');

-- In portions.
select test.as('jaki');
select test.report() from generate_series(1, 5);
select pg_temp.at(crm.now() + interval '3 days');
select set_config('role', 'crm_jobs', true);
select is((select api.job_alarm(3)), 3, 'no more than was asked for');
select test.root();

select * from finish();
rollback;
