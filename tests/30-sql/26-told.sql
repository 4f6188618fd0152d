-- What a channel sees of the work and may do itself, what stays inside, and
-- which reports a reader finds from another one.
--
-- SPDX-License-Identifier: ISC

\set ON_ERROR_STOP on
begin;
set local search_path = tap, test, pg_catalog;
select no_plan();

create temporary table r (name text, id uuid);
grant all on r to public;
create function pg_temp.new(name text, visibility text default 'public',
    description text default 'Lubang', who text default 'jaki') returns text
language plpgsql as $$
declare
	made api.report_row;
begin
	perform test.as(who);
	made := test.report(visibility, description => description);
	insert into r values (new.name, made.id);
	return made.ticket;
end
$$;
create function pg_temp.go(name text, who text, step text,
    body jsonb default null, photos int default null) returns text
language plpgsql as $$
declare
	report crm.report;
begin
	perform test.root();
	select c.* into report from crm.report c join r on r.id = c.id
	where r.name = go.name;
	perform test.as(who);
	return test.outcome(format('select test.step(%L, %L, %s, body => %L,'
	    ' photos => %s)', report.id, step, report.version,
	    test.body(step) || coalesce(body, '{}'),
	    coalesce(photos::text, 'null')));
end
$$;

-- A long life with a secret in every inner field.
select pg_temp.new('a');
create function pg_temp.unit(name text) returns jsonb
language sql as $$
	select jsonb_build_object('unit', u.id) from crm.unit u
	where u.name = $1
$$;
select is(pg_temp.go('a', s.who, s.step, s.body, s.photos), 'ok',
    s.step || ' by ' || s.who)
from (values
    (1, 'budi', 'take', '{"note": "RAHASIA"}'::jsonb, null::int),
    (2, 'budi', 'note', '{"note": "RAHASIA"}', 2),
    (3, 'budi', 'hand_over', pg_temp.unit('Dinas Bina Marga')
	|| '{"reason": "RAHASIA", "note": "RAHASIA"}', null),
    (4, 'kadis', 'assign', jsonb_build_object('officer', test.id('bina'),
	'note', 'RAHASIA'), null),
    (5, 'bina', 'return', '{"reason": "RAHASIA"}', null),
    (6, 'budi', 'ask', '{"note": "RAHASIA"}', null),
    (7, 'jaki', 'answer', null, null),
    (8, 'budi', 'schedule', '{"reason": "RAHASIA"}', null),
    (9, 'lurah', 'refuse_schedule', '{"reason": "RAHASIA"}', null),
    (10, 'budi', 'schedule', '{"reason": "RAHASIA"}', null),
    (11, 'lurah', 'approve_schedule', '{"note": "RAHASIA"}', null),
    (12, 'budi', 'progress', '{"note": "RAHASIA"}', 1),
    (13, 'budi', 'follow_up', '{"note": "RAHASIA"}', 2),
    (14, 'vina', 'refuse_work', '{"reason": "RAHASIA"}', null),
    (15, 'budi', 'take', null, null),
    (16, 'budi', 'follow_up', null, 1),
    (17, 'vina', 'accept_work', '{"note": "RAHASIA"}', null),
    (18, 'jaki', 'rate', null, null),
    (19, 'jaki', 'confirm', null, null),
    (20, 'jaki', 'me_too', null, null),
    (21, 'jaki', 'reopen', null, null))
    s (place, who, step, body, photos) order by s.place;

select test.as('jaki');
select results_eq($$select e.type from r, api.event_list(r.id::text, null, null,
    50) e where name = 'a' order by e.at, e.id$$, array['received', 'take',
    'hand_over', 'ask', 'answer', 'approve_schedule', 'progress', 'follow_up',
    'refuse_work', 'take', 'follow_up', 'accept_work', 'rate', 'confirm',
    'me_too', 'reopen'], 'the channel hears of the work, not of inner talk');
select is_empty($$select e from r, api.event_list(r.id::text, null, null, 50) e
    where name = 'a' and (e::text like '%RAHASIA%' or e.note is not null
    or e.reason is not null or e.by_name is not null
    or e.officer_name is not null)$$, 'no note, no reason, no name');
select is((select (o.officer_id, o.officer_name, o.held_for, o.returns,
    o.second_open, o.by_own_unit, o.me_too, o.reopened)
    from r, api.report_open(r.id::text) o where name = 'a'),
    (null::uuid, null::text, null::text[], null::int, null::boolean, false, 1,
    1), 'nor in the report');
select is((select (officer_id, held_for, is_returned) from r
    join crm.inbox i on i.report_id = r.id where name = 'a'),
    (null::uuid, '{}'::text[], false), 'nor in its row of the lists');
select is(outcome(format('select %I from crm.report', c)), '42501',
    'the login cannot select ' || c)
from unnest(array['officer_id', 'held_for', 'schedule_account_id', 'returns',
    'second_open', 'match_text']) c;
select is(outcome('select * from ' || t), '42501', 'nor any of ' || t)
from unnest(array['crm.hand_over', 'crm.report_before', 'crm.event_internal',
    'crm.report_shown', 'crm.event_shown']) t;
select is((select count(*)::int from r
    join crm.photo p on p.report_id = r.id where name = 'a'), 4,
    'proof of progress and follow-up, no view of the site');
select test.as('budi');
select results_eq($$select p.kind, count(*)::int from r
    join crm.photo p on p.report_id = r.id where name = 'a'
    group by 1 order by 1$$, $$values ('proof', 4), ('report', 2),
    ('site', 2)$$, 'officers see all');
select is((select cardinality(e.photo_id) from r, api.event_list(r.id::text,
    null, null, 50) e where name = 'a' and e.type = 'note'), 2,
    'the note with its views of the site');

-- Private, public, and photos that were sealed.
select is((select cardinality(o.photo_id) from r, api.report_open(r.id::text) o
    where name = 'a'), 2, 'a public report shows its photos');
select is(pg_temp.go('a', 'jaki', 'make_private'), 'ok', 'made private');
select test.as('budi');
select is((select (o.visibility, o.photo_id) from r,
    api.report_open(r.id::text) o where name = 'a'),
    ('private'::text, '{}'::uuid[]), 'they are locked at once');
select is((select count(*)::int from r join crm.photo p on p.report_id = r.id
    where name = 'a' and p.kind = 'report'), 0, 'for good measure');
select is(pg_temp.go('a', 'jaki', 'make_public'), 'ok', 'made public again');
select test.as('budi');
select is((select cardinality(o.photo_id) from r, api.report_open(r.id::text) o
    where name = 'a'), 2, 'they are shown again');
select pg_temp.new('b', 'private');
select is(pg_temp.go('b', 'jaki', 'make_public'), 'ok',
    'a report that was private');
select test.as('budi');
select is((select (o.visibility, o.photo_id) from r,
    api.report_open(r.id::text) o where name = 'b'),
    ('public'::text, '{}'::uuid[]), 'its sealed photos stay locked');
select is((select count(*)::int from r join crm.photo p on p.report_id = r.id
    where name = 'b'), 0, 'by the policy as well');
select is_empty($$select from r join crm.photo p on p.report_id = r.id
    cross join lateral api.photo_open(p.id) where name = 'b'$$,
    'and cannot be opened');

-- Rejected, appealed, withdrawn.
select is(pg_temp.go('b', 'sari', 'reject'), 'ok', 'rejected');
select test.as('jaki');
select is((select (e.type, e.reason_code, e.text, e.reason) from r,
    api.event_list(r.id::text, null, null, 0) e where name = 'b'),
    ('reject'::text, 'spam'::text, 'Sudah beres'::text, null::text),
    'the channel is told the reason');
select is(pg_temp.go('b', 'jaki', 'appeal'), 'ok', 'appealed');
select test.as('sari');
select is((select (o.status, o.held_for, o.unit_name, o.reason_code)
    from r, api.report_open(r.id::text) o where name = 'b'),
    ('incoming'::text, '{appeal}'::text[], 'Pusat Penyaringan CRM'::text,
    null::text), 'triage holds it for that');
select test.as('budi');
select is((select status from r, api.report_open(r.id::text)
    where name = 'b'), null, 'no unit sees it');
select is(pg_temp.go('b', 'jaki', 'withdraw'), 'ok', 'withdrawn');
select is((select (o.status, o.reason_code) from r,
    api.report_open(r.id::text) o where name = 'b'),
    ('rejected'::text, 'withdrawn'::text), 'with that reason');
select is(pg_temp.go('b', 'jaki', 'appeal'), 'CR409 rejected',
    'what was withdrawn is not appealed');

-- Only the own reports, with a version.
select is(pg_temp.go('a', 'desk', 'me_too'), 'CR404', 'not of another channel');
select test.as('jaki');
select is(outcome(format('select test.step(%L, ''me_too'', null)', id)),
    'CR428', 'a channel gives the version too') from r where name = 'a';
select is(outcome(format('select test.step(%L, ''me_too'', 1)', id)), 'CR412',
    'of today') from r where name = 'a';
select is((select array_agg(s.replayed) from r, generate_series(1, 2),
    lateral test.step(r.id, 'me_too', (select version from crm.report c
    where c.id = r.id), 'one-key') s where name = 'a'), array[false, true],
    'one key counts once');
select is(outcome(format('insert into crm.event (id, at, report_id, type,'
    ' version, by_channel_id, to_status) values (gen_random_uuid(), now(), %L,'
    ' ''reply'', 9, %L, ''waiting'')', id, crm.viewer_channel())), '42501',
    'a channel writes no event of officers') from r where name = 'a';

-- Quoted tickets lead to what the reader may open.
select set_config('test.tickets', concat_ws(' ', pg_temp.new('c'),
    pg_temp.new('d', who => 'desk'), 'JK9912319999'), true);
select pg_temp.new('e', 'public', 'Lagi, lihat '
    || current_setting('test.tickets') || '9 dan jk1234');
select test.as('jaki');
select is((select o.link_id from r, api.report_open(r.id::text) o
    where name = 'e'), array(select id from r where name = 'c'),
    'a channel finds its own');
select test.as('budi');
select is((select o.link_id from r, api.report_open(r.id::text) o
    where name = 'e'), array(select r.id from r join crm.report c using (id)
    where name in ('c', 'd') order by ticket), 'an officer both');
select is((select cardinality(link_ticket) from r, api.report_open(r.id::text) o
    where name = 'e'), 2, 'with their numbers');
select test.root();
update crm.report c set unit_id = u.id, unit_ids = array[u.id]
from r, crm.unit u where r.id = c.id and r.name = 'd'
and u.name = 'Kelurahan Kebon Sirih';
select test.as('budi');
select is((select o.link_id from r, api.report_open(r.id::text) o
    where name = 'e'), array(select id from r where name = 'c'),
    'not what went elsewhere');
select is(pg_temp.go('c', 'sari', 'merge', jsonb_build_object('into',
    (select id from r where name = 'd'))), 'ok', 'merged into that one');
select test.as('budi');
select is((select (o.status, o.main_id, o.main_ticket, o.main_status)
    from r, api.report_open(r.id::text) o where name = 'c'),
    ('merged'::text, null::uuid, null::text, null::text),
    'which the unit does not see');
select is((select (e.type, e.into_id, e.into_ticket) from r,
    api.event_list(r.id::text, null, null, 0) e where name = 'c'),
    ('merge'::text, null::uuid, null::text), 'nor in the timeline');
select test.as('sari');
select is((select o.main_id from r, api.report_open(r.id::text) o
    where name = 'c'), (select id from r where name = 'd'), 'triage does');

select * from finish();
rollback;
