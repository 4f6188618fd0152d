-- Clocks through real steps, with days off in between: a question pauses, an
-- answer goes on, a date takes its place, a reopened report keeps its clock.
--
-- SPDX-License-Identifier: ISC

\set ON_ERROR_STOP on
begin;
set local search_path = tap, test, pg_catalog;
select no_plan();

insert into crm.holiday (day, name, kind) values
('2033-08-17', 'Proklamasi Kemerdekaan', 'public'),
('2033-08-18', 'Cuti bersama', 'collective');

create temporary table r (id uuid);
grant all on r to public;

create function pg_temp.at(moment timestamptz) returns void
language plpgsql as $$
begin
	perform test.root();
	update crm.clock set ahead = moment - now();
	update crm.session set last_seen_at = crm.now(),
	    expires_at = crm.now() + interval '1 hour';
end
$$;
-- A step at exactly this time, which test.as() moves by a second.
create function pg_temp.step(who text, type text, moment timestamptz)
returns text
language plpgsql as $$
declare
	due timestamptz;
begin
	perform pg_temp.at(moment - interval '1 second');
	perform test.as(who);
	select (s.report).due_at into due from r, test.step(r.id, step.type,
	    (select c.version from crm.report c where c.id = r.id)) s;
	perform test.root();
	return to_char(due at time zone 'Asia/Jakarta', 'YYYY-MM-DD HH24:MI');
end
$$;
create function pg_temp.left_hours() returns numeric language sql as $$
	select round(c.left_seconds / 3600.0, 2) from crm.report c, r
	where c.id = r.id
$$;
create function pg_temp.next() returns text language sql as $$
	select a.stage || to_char(a.at at time zone 'Asia/Jakarta',
	    ' YYYY-MM-DD HH24:MI')
	from crm.alarm a, r where a.report_id = r.id
$$;
create function pg_temp.ring() returns int
language plpgsql as $$
declare
	result int;
begin
	perform set_config('role', 'crm_jobs', true);
	result := api.job_alarm(100);
	perform test.root();
	return result;
end
$$;

-- Sixteen o'clock on the evening before two days off.
select pg_temp.at('2033-08-16 15:59:59+07');
select test.as('jaki');
insert into r select id from test.report('private');
select test.root();
select is(pg_temp.step('budi', 'take', '2033-08-16 16:00+07'),
    '2033-08-19 16:00', 'a day that skips two');
select is(pg_temp.next(), 'remind 2033-08-19 10:00',
    'six hours before the deadline');

-- The question pauses the clock, whatever days lie between.
select is(pg_temp.step('budi', 'ask', '2033-08-16 18:00+07'), null,
    'asked: no deadline');
select is(pg_temp.left_hours(), 22.00, 'what is left is kept');
select is(pg_temp.next(), 'ask 2033-08-21 18:00', 'three counted days to answer');
select is(pg_temp.step('jaki', 'answer', '2033-08-18 12:00+07'),
    '2033-08-19 22:00', 'answered on a day off: it goes on after it');
select is(pg_temp.left_hours(), null, 'nothing is kept');
select is(pg_temp.next(), 'remind 2033-08-19 16:00', 'the alarm follows');

-- Asked again: only what is left, and a reminder after three days.
select is(pg_temp.step('budi', 'ask', '2033-08-19 12:00+07'), null, 'asked again');
select is(pg_temp.left_hours(), 10.00, 'less is left');
select pg_temp.at('2033-08-22 11:59:59+07');
select is(pg_temp.ring(), 0, 'nobody rings while the reporter thinks');
select pg_temp.at('2033-08-22 12:00+07');
select is(pg_temp.ring(), 1, 'after three days the unit is reminded');
select is(pg_temp.next(), null, 'once');
select is((select c.status || ' ' || (c.due_at is null)
    from crm.report c, r where c.id = r.id), 'in_progress true',
    'and the clock stands still');
select is(pg_temp.step('jaki', 'answer', '2033-08-25 12:00+07'),
    '2033-08-25 22:00', 'however late the answer, ten hours are left');

-- A deadline that has passed is not put off by a question.
select is(pg_temp.step('budi', 'ask', '2033-08-25 23:00+07'),
    '2033-08-25 22:00', 'overdue stays overdue');
select is(pg_temp.step('jaki', 'answer', '2033-08-26 08:00+07'),
    '2033-08-25 22:00', 'an answer changes nothing then');

-- A date in the place of the target.
select is(pg_temp.step('budi', 'schedule', '2033-08-26 09:00+07'),
    '2033-08-25 22:00', 'a wish changes no clock');
select is(pg_temp.step('lurah', 'approve_schedule', '2033-08-26 10:00+07'),
    '2033-09-05 09:00', 'an approved date is the deadline');
select is(pg_temp.next(), 'remind 2033-09-04 09:00', 'a day before it rings');
select pg_temp.at('2033-09-04 09:00+07');
select is(pg_temp.ring(), 1, 'the unit is reminded');
select pg_temp.at('2033-09-05 09:00+07');
select is(pg_temp.ring(), 1, 'the date comes');
select is((select c.status from crm.report c, r where c.id = r.id),
    'scheduled', 'nothing closes itself');

-- Handed in late, completed, reopened: the clock is the old one.
select is(pg_temp.step('budi', 'follow_up', '2033-09-06 09:00+07'),
    '2033-09-08 09:00', 'validators have two days');
select is(pg_temp.step('vina', 'accept_work', '2033-09-06 12:00+07'), null,
    'done: no clock');
select is(pg_temp.next(), null, 'no alarm');
select is(pg_temp.step('jaki', 'reopen', '2033-09-10 12:00+07'),
    '2033-09-10 12:00', 'reopened: nothing was left of the old clock');
select is(pg_temp.next(), 'escalate 2033-09-10 12:00', 'which rings at once');

-- Handed in early, the rest of the clock waits.
select is(pg_temp.step('budi', 'take', '2033-09-10 13:00+07'),
    '2033-09-11 13:00', 'a day to do it');
select is(pg_temp.step('budi', 'follow_up', '2033-09-10 15:00+07'),
    '2033-09-12 15:00', 'done in two hours');
select is(pg_temp.left_hours(), 22.00, 'the rest is kept');
select is(pg_temp.step('vina', 'accept_work', '2033-09-11 15:00+07'), null, 'done');
select is(pg_temp.step('jaki', 'reopen', '2033-09-20 08:00+07'),
    '2033-09-21 06:00', 'reopened: what was left goes on');

-- Proof that is refused starts the clock of that status.
select pg_temp.step('budi', 'take', '2033-09-20 09:00+07');
select pg_temp.step('budi', 'follow_up', '2033-09-20 10:00+07');
select is(pg_temp.step('vina', 'refuse_work', '2033-09-20 11:00+07'),
    '2033-09-27 11:00', 'a week for another try');

-- Taken back within seconds, the deadline is the one before.
select is(pg_temp.step('budi', 'take', '2033-09-20 12:00+07'),
    '2033-09-21 12:00', 'taken');
select is(pg_temp.step('budi', 'undo', '2033-09-20 12:00:05+07'),
    '2033-09-27 11:00', 'and taken back');
select is(pg_temp.next(), 'remind 2033-09-25 17:00', 'the alarm as well');

select * from finish();
rollback;
