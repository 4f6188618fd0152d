-- What each step makes of a report: who holds it, whose clock runs, what can
-- be taken back.
--
-- SPDX-License-Identifier: ISC

\set ON_ERROR_STOP on
begin;
set local search_path = tap, test, pg_catalog;
select no_plan();

select test.account('suwi', 'officer', 'Suku Dinas Bina Marga Jakarta Timur');

create temporary table r (name text, id uuid);
grant all on r to public;
create function pg_temp.new(name text, visibility text default 'public',
    description text default 'Lubang') returns void
language plpgsql as $$
begin
	perform test.as('jaki');
	insert into r select new.name, a.id
	from test.report(visibility, description => description) a;
end
$$;
-- A step by someone at the version that is there: status, unit and outcome.
create function pg_temp.go(name text, who text, step text,
    body jsonb default null, photos int default null) returns text
language plpgsql as $$
declare
	report crm.report;
	result text;
begin
	perform test.root();
	select c.* into report from crm.report c join r on r.id = c.id
	where r.name = go.name;
	perform test.as(who);
	begin
		select concat_ws(' ', (s.report).status, (s.report).unit_name)
		into result from test.step(report.id, step, report.version,
		    body => test.body(step) || coalesce(body, '{}'),
		    photos => photos) s;
		return result;
	exception when others then
		return test.outcome(format('select test.step(%L, %L, %s, body =>'
		    ' %L, photos => %s)', report.id, step, report.version,
		    test.body(step) || coalesce(body, '{}'),
		    coalesce(photos::text, 'null')));
	end;
end
$$;
create function pg_temp.now_of(name text) returns crm.report
language sql security definer as $$
	select c from crm.report c join r on r.id = c.id where r.name = now_of.name
$$;
create function pg_temp.unit(name text) returns jsonb
language sql as $$
	select jsonb_build_object('unit', u.id) from crm.unit u
	where u.name = $1
$$;
create function pg_temp.lies(name text) returns setof text
language sql security definer as $$
	select concat_ws(' ', h.kind, t.name, h.from_status, case when
	    h.ended_at is null then 'open' when h.returned then 'returned'
	    else 'ended' end)
	from crm.hand_over h join r on r.id = h.report_id
	join crm.unit t on t.id = h.to_unit_id
	where r.name = lies.name order by h.at
$$;

-- From the kelurahan to a dinas, to its suku dinas, and all the way back.
select pg_temp.new('a');
select is(pg_temp.go('a', 'budi', 'hand_over', pg_temp.unit('Kelurahan Klender')),
    'CR422 /unit own_unit', 'not to oneself');
select is(pg_temp.go('a', 'budi', 'hand_over', '{"unit": "nowhere"}'),
    'CR422 /unit unknown', 'not to nobody');
select is(pg_temp.go('a', 'budi', 'hand_over', pg_temp.unit(u.name)),
    'CR422 /unit not_a_doer', 'not to ' || u.name)
from crm.unit u where u.duty is not null or u.kind = 'province';
select is(pg_temp.go('a', 'budi', 'dispose'), 'CR403',
    'a kelurahan instructs nobody');
select is(pg_temp.go('a', 'budi', 'take'), 'in_progress Kelurahan Klender',
    'taken');
select is((pg_temp.now_of('a')).officer_id, test.id('budi'), 'by who took it');
select is(pg_temp.go('a', 'budi', 'hand_over', pg_temp.unit('Dinas Bina Marga')),
    'coordination Dinas Bina Marga', 'handed over to a dinas');
select is(((pg_temp.now_of('a')).officer_id, (pg_temp.now_of('a')).due_at
    - (pg_temp.now_of('a')).changed_at), (null::uuid, interval '6 hours'),
    'nobody works on it yet, six hours to respond');
select is((select (e.type, e.to_unit_name, e.reason) from r,
    api.event_list(r.id::text, null, null, 0) e where r.name = 'a'),
    ('hand_over'::text, 'Dinas Bina Marga'::text, 'Belum rata'::text),
    'the timeline says where to and why');
select is(pg_temp.go('a', 'budi', 'take'), 'CR403', 'it is theirs now');
select is(pg_temp.go('a', 'bina', 'dispose',
    pg_temp.unit('Suku Dinas Sosial Jakarta Timur')),
    'CR422 /unit not_below', 'a dinas instructs its own offices only');
select is(pg_temp.go('a', 'bina', 'dispose'),
    'disposition Suku Dinas Bina Marga Jakarta Timur', 'such as this one');
select results_eq($$select pg_temp.lies('a')$$, array[
    'coordination Dinas Bina Marga in_progress ended',
    'disposition Suku Dinas Bina Marga Jakarta Timur coordination open'],
    'one of two hand-overs holds the clock');
select is(pg_temp.go('a', 'suwi', 'return'), 'coordination Dinas Bina Marga',
    'sent back to the dinas and its status');
select results_eq($$select pg_temp.lies('a')$$, array[
    'coordination Dinas Bina Marga in_progress open',
    'disposition Suku Dinas Bina Marga Jakarta Timur coordination returned'],
    'the first hand-over is open again');
select is(pg_temp.go('a', 'bina', 'return'), 'in_progress Kelurahan Klender',
    'sent back to the kelurahan and its status');
select is(pg_temp.go('a', 'budi', 'return'), 'incoming Pusat Penyaringan CRM',
    'nobody sent it: back to triage');
select is((pg_temp.now_of('a')).returns, 3, 'three times sent back');
select test.as('bina');
select is((select status from r, api.report_open(r.id::text)
    where name = 'a'), 'incoming', 'a unit that held it still sees it');
select is((select count(*)::int from r join test.list() l on true
    join crm.report_key k on k.id = r.id and k.ticket = l
    where name = 'a'), 1, 'in its list too');
select test.as('vina');
select is((select status from r, api.report_open(r.id::text)
    where name = 'a'), null, 'a validator does not');
select is(pg_temp.go('a', 'sari', 'route', pg_temp.unit('Kelurahan Kebon Sirih')
    || '{"category": "nothing"}'), 'CR422 /category unknown',
    'routed with a category that is not there');
select is(pg_temp.go('a', 'sari', 'route', pg_temp.unit('Kelurahan Kebon Sirih')
    || '{"category": "sampah", "location": {"lat": -6.1865, "lng": 106.8293}}'),
    'waiting Kelurahan Kebon Sirih', 'routed with category and place');
select is(((pg_temp.now_of('a')).category_code, (pg_temp.now_of('a')).lat,
    (pg_temp.now_of('a')).kelurahan_code),
    ('sampah'::text, -6.1865::float8, crm.area_at(-6.1865, 106.8293)),
    'the kelurahan follows the place');
select is(pg_temp.go('a', 'tuti', 'return'), 'incoming Pusat Penyaringan CRM',
    'the hand-overs from before the filter are over');

-- Taken back within seconds, by the doer only.
select pg_temp.new('b');
select is(pg_temp.go('b', 'budi', 'undo'), 'CR409 waiting', 'nothing to undo');
select is(pg_temp.go('b', 'budi', 'hand_over', pg_temp.unit('Dinas Bina Marga')),
    'coordination Dinas Bina Marga', 'handed over');
select is(pg_temp.go('b', 'bude', 'undo'), 'CR403',
    'a colleague cannot take it back');
select is(pg_temp.go('b', 'budi', 'undo'), 'waiting Kelurahan Klender',
    'the doer can');
select is(cardinality((pg_temp.now_of('b')).unit_ids), 1,
    'the dinas has left the chain');
select is_empty($$select pg_temp.lies('b')$$, 'the hand-over is gone');
select test.as('bina');
select is((select status from r, api.report_open(r.id::text) where name = 'b'),
    null, 'and the dinas sees nothing');
select is(pg_temp.go('b', 'budi', 'undo'), 'CR409 waiting',
    'undo cannot be undone');
select is(pg_temp.go('b', 'budi', 'take'), 'in_progress Kelurahan Klender',
    'taken');
select test.root();
update crm.clock set ahead = ahead + interval '16 seconds';
select is(pg_temp.go('b', 'budi', 'undo'), 'CR409 in_progress', 'too late');
select is(pg_temp.go('b', 'lurah', 'assign',
    jsonb_build_object('officer', test.id('bude'))),
    'in_progress Kelurahan Klender', 'assigned');
select is(pg_temp.go('b', 'lurah', 'undo'), 'in_progress Kelurahan Klender',
    'taken back');
select is((pg_temp.now_of('b')).officer_id, test.id('budi'),
    'the officer from before is back');
select is(pg_temp.go('b', 'budi', 'follow_up'),
    'awaiting_validation Kelurahan Klender', 'followed up');
select is(pg_temp.go('b', 'budi', 'undo'), 'CR409 awaiting_validation',
    'a follow-up cannot be undone');
select pg_temp.new('c');
select is(pg_temp.go('c', 'budi', 'return'), 'incoming Pusat Penyaringan CRM',
    'returned');
select is(pg_temp.go('c', 'budi', 'undo'), 'waiting Kelurahan Klender',
    'and kept after all');
select is((pg_temp.now_of('c')).returns, 0, 'no return counts');
select is(pg_temp.go('c', 'sari', 'reject'), 'rejected Kelurahan Klender',
    'rejected');
select is((pg_temp.now_of('c')).reason_code, 'spam', 'with a reason');
select is(pg_temp.go('c', 'sari', 'undo'), 'waiting Kelurahan Klender',
    'not rejected');
select is(((pg_temp.now_of('c')).reason_code, (pg_temp.now_of('c')).due_at
    is null), (null::text, false), 'no reason, and the clock is back');
select is(pg_temp.go('c', 'sari', 'reject', '{"reason": "withdrawn"}'),
    'CR422 /reason unknown', 'a reason that officers do not choose');
select test.as('jaki');
select results_eq($$select e.type from r, api.event_list(r.id::text, null,
    null, 9) e where name = 'c'$$, array['received'],
    'the channel hears nothing of what was taken back');
select pg_temp.go('c', 'budi', 'hand_over', pg_temp.unit('Dinas Bina Marga'));
select pg_temp.go('c', 'bina', 'dispose');
select pg_temp.go('c', 'suwi', 'return');
select is(pg_temp.go('c', 'suwi', 'undo'),
    'disposition Suku Dinas Bina Marga Jakarta Timur', 'a return is taken back');
select results_eq($$select pg_temp.lies('c')$$, array[
    'coordination Dinas Bina Marga waiting ended',
    'disposition Suku Dinas Bina Marga Jakarta Timur coordination open'],
    'and the hand-overs with it');

-- The clock stands still while the reporter is asked.
select pg_temp.new('d');
select pg_temp.go('d', 'budi', 'take');
select is(pg_temp.go('d', 'jaki', 'answer'), 'CR409 in_progress',
    'no answer without a question');
select is(pg_temp.go('d', 'budi', 'ask'), 'in_progress Kelurahan Klender',
    'asked');
select is((select (o.paused, o.due_at) from r, api.report_open(r.id::text) o
    where name = 'd'), (true, null::timestamptz), 'the clock stands still');
select test.root();
create temporary table kept as select (pg_temp.now_of('d')).left_seconds as rest;
grant all on kept to public;
update crm.clock set ahead = ahead + interval '40 days';
update crm.session set expires_at = 'infinity', last_seen_at = 'infinity';
select is(pg_temp.go('d', 'jaki', 'answer'), 'in_progress Kelurahan Klender',
    'answered a month later');
select is((pg_temp.now_of('d')).due_at,
    crm.clock_add((pg_temp.now_of('d')).changed_at, (select rest from kept)),
    'what was left is left');
select is(((pg_temp.now_of('d')).asked_at, (pg_temp.now_of('d')).left_seconds),
    (null::timestamptz, null::bigint), 'and nothing is open');
select test.root();
update crm.clock set ahead = ahead + interval '40 days';
select is(pg_temp.go('d', 'budi', 'ask'), 'in_progress Kelurahan Klender',
    'asked when it is late');
select is((select (o.paused, o.overdue) from r, api.report_open(r.id::text) o
    where name = 'd'), (false, true), 'it is late all the same');
select is(pg_temp.go('d', 'budi', 'follow_up'),
    'awaiting_validation Kelurahan Klender', 'followed up without an answer');
select is(pg_temp.go('d', 'jaki', 'answer'), 'CR409 awaiting_validation',
    'too late to answer');

-- A date is wished for and approved.
select pg_temp.new('e');
select pg_temp.go('e', 'budi', 'take');
select is(pg_temp.go('e', 'lurah', 'approve_schedule'), 'CR409 in_progress',
    'nothing to approve');
select is(pg_temp.go('e', 'budi', 'schedule',
    jsonb_build_object('until', crm.now() + d * interval '1 day')),
    'CR422 /until range', d || ' days ahead')
from unnest(array[-1, 0, 366]) d;
select pg_temp.go('e', 'budi', 'schedule');
select is((select (o.schedule_until is null, o.schedule_approved)
    from r, api.report_open(r.id::text) o where name = 'e'), (false, false),
    'wished for');
select is(pg_temp.go('e', 'kadis', 'approve_schedule'), 'CR404',
    'not for a supervisor elsewhere');
select is(pg_temp.go('e', 'lurah', 'refuse_schedule'),
    'in_progress Kelurahan Klender', 'refused');
select is((pg_temp.now_of('e')).schedule_until, null, 'no date');
select pg_temp.go('e', 'budi', 'schedule');
select test.root();
update crm.report c set schedule_account_id = test.id('lurah')
from r where r.id = c.id and r.name = 'e';
select is(pg_temp.go('e', 'lurah', 'approve_schedule'), 'CR403',
    'nobody approves the own wish');
select is(pg_temp.go('e', 'camat', 'approve_schedule'),
    'scheduled Kelurahan Klender', 'the supervisor above approves');
select is((pg_temp.now_of('e')).due_at, (pg_temp.now_of('e')).schedule_until,
    'the deadline is that date');
select test.as('jaki');
select is((select (o.schedule_until is null, o.schedule_approved)
    from r, api.report_open(r.id::text) o where name = 'e'), (false, true),
    'the channel is told an approved date');
select is(pg_temp.go('e', 'budi', 'progress', photos => 2),
    'scheduled Kelurahan Klender', 'something is done before');
select pg_temp.go('e', 'budi', 'follow_up');
select is((pg_temp.now_of('e')).schedule_until, null,
    'the date is over with the work');

-- A wish ends with the unit that had it, and does not outlive its date.
select pg_temp.new('g');
select pg_temp.go('g', 'budi', 'take');
select pg_temp.go('g', 'budi', 'hand_over', pg_temp.unit('Dinas Bina Marga'));
select pg_temp.go('g', 'bina', 'take');
select pg_temp.go('g', 'bina', 'schedule');
select is(pg_temp.go('g', 'bina', 'return'), 'in_progress Kelurahan Klender',
    'sent back with a wish');
select is(((pg_temp.now_of('g')).schedule_until,
    (pg_temp.now_of('g')).schedule_account_id), (null::timestamptz, null::uuid),
    'which is not the sender''s');
select pg_temp.go('g', 'budi', 'schedule');
select test.root();
update crm.clock set ahead = ahead + interval '11 days';
update crm.session set expires_at = 'infinity', last_seen_at = 'infinity';
select is(pg_temp.go('g', 'lurah', 'approve_schedule'), 'CR422 /until range',
    'a date that has passed is not approved');
select is(pg_temp.go('g', 'lurah', 'approve_schedule', jsonb_build_object(
    'until', crm.now() + interval '5 days')), 'scheduled Kelurahan Klender',
    'another one is');

-- Completed, reopened with the clock that was left, completed again.
select is(pg_temp.go('e', 'vina', 'accept_work'), 'completed Kelurahan Klender',
    'accepted');
select is((pg_temp.now_of('e')).completed_at, (pg_temp.now_of('e')).changed_at,
    'at that time');
select is(pg_temp.go('e', 'jaki', 'rate', '{"stars": 6}'), 'CR422 /stars range',
    'five stars at most');
select is(pg_temp.go('e', 'jaki', 'rate'), 'completed Kelurahan Klender', 'rated');
select is((select stars from r, api.report_open(r.id::text) where name = 'e'),
    4, 'with four');
select test.root();
create temporary table was as select (pg_temp.now_of('e')).left_seconds as rest;
grant all on was to public;
select isnt((select rest from was), null, 'what was left is kept');
select is(pg_temp.go('e', 'jaki', 'reopen'), 'waiting Kelurahan Klender',
    'reopened at the last unit');
select is(((pg_temp.now_of('e')).reopened, (pg_temp.now_of('e')).due_at,
    (pg_temp.now_of('e')).completed_at), (1,
    crm.clock_add((pg_temp.now_of('e')).changed_at, (select rest from was)),
    null::timestamptz), 'once, with the old clock');
select pg_temp.go('e', 'budi', 'take');
select pg_temp.go('e', 'budi', 'follow_up');
select is(pg_temp.go('e', 'vina', 'accept_work'), 'completed Kelurahan Klender',
    'completed again');
select test.root();
update crm.clock set ahead = ahead + interval '31 days';
select is(pg_temp.go('e', 'jaki', 'reopen'), 'CR409 completed',
    'not after a month');

-- A second check is for another unit than the first one's and the doer's.
select test.root();
update crm.report c set second_open = true from r
where r.id = c.id and r.name = 'e';
select is(pg_temp.go('e', 'vina', 'second_accept'), 'CR403',
    'not who checked first');
select is(pg_temp.go('e', 'vale', 'second_accept'), 'CR403', 'not the doer''s unit');
select test.root();
select test.account('vera', 'validator', 'Inspektorat');
update crm.session set expires_at = 'infinity', last_seen_at = 'infinity';
select is(pg_temp.go('e', 'vera', 'second_accept'),
    'completed Kelurahan Klender', 'another unit');
select is(pg_temp.go('e', 'vera', 'second_refuse'), 'CR403',
    'once');
select test.root();
update crm.report c set second_open = true from r
where r.id = c.id and r.name = 'e';
select is(pg_temp.go('e', 'vera', 'second_refuse'),
    'followup_rejected Kelurahan Klender', 'or refused');

-- To an officer of the unit that holds it.
select pg_temp.new('f');
select is(pg_temp.go('f', 'lurah', 'assign',
    jsonb_build_object('officer', test.id(who))), 'CR422 /officer unknown',
    'not to ' || who)
from unnest(array['tuti', 'lurah', 'vina']) who;
select is(pg_temp.go('f', 'camat', 'assign',
    jsonb_build_object('officer', test.id('bude'))),
    'waiting Kelurahan Klender', 'assigned from above');
select test.as('budi');
select is((select (o.officer_id, o.officer_name) from r,
    api.report_open(r.id::text) o where name = 'f'),
    (test.id('bude'), 'Bude'::text), 'a colleague reads the name');
select is((select (e.type, e.officer_name) from r,
    api.event_list(r.id::text, null, null, 0) e where name = 'f'),
    ('assign'::text, 'Bude'::text), 'in the timeline too');
select pg_temp.go('f', 'budi', 'hand_over', pg_temp.unit('Dinas Bina Marga'));
select test.as('bina');
select is((select array_agg(distinct e.officer_name) from r,
    api.event_list(r.id::text, null, null, 9) e where name = 'f'),
    array[null::text], 'another unit does not');

select * from finish();
rollback;
