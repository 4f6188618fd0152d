-- Intake: filter, route, ticket, what is stored where, retries.
--
-- SPDX-License-Identifier: ISC

\set ON_ERROR_STOP on
begin;
set local search_path = tap, test, pg_catalog;
select no_plan();

create temporary table r of api.report_row;
grant all on r to public;
select test.as('jaki');
insert into r select * from test.report('public', key => 'k1');
select is((select status from r), 'waiting', 'a good report waits');
select is((select unit_name from r), 'Kelurahan Klender',
    'at the kelurahan of its point');
select is((select kelurahan_name from r), 'Klender', 'whose name it has');
select is((select category_name from r), 'Jalan', 'and its category''s');
select is((select version from r), 1, 'it is version 1');
select is((select due_at - received_at from r), interval '6 hours',
    'its unit has six hours');
select is((select photo_id from r), '{}', 'the channel gets no photos back');
select matches((select ticket from r), '^JK\d{10,}$', 'a ticket number');
select is((select substr(ticket, 3, 6) from r), to_char(crm.now()
    at time zone 'Asia/Jakarta', 'YYMMDD'), 'of the day in Jakarta');
select results_eq($$select type, to_status, by_name, note
    from api.event_list((select ticket from r), null, null, 10)$$,
    $$values ('received', 'waiting', null::text, null::text)$$,
    'its first event');
select is((select channel_ref from crm.report_origin
    where report_id = (select id from r)), 'ref-1', 'the channel''s reference');

select is((test.report(lat => null, lng => null)).status, 'incoming',
    'no point: triage');
select is((test.report(lat => null, lng => null)).unit_name,
    'Pusat Penyaringan CRM', 'which is a unit');
select is((test.report(lat => -6.9147, lng => 107.6098)).status, 'incoming',
    'outside the city: triage');
select is((test.report(description => ' .,!? … -')).status, 'incoming',
    'not a word: triage');
select is((test.report(description => '𝗝𝗔𝗟𝗔𝗡')).status, 'waiting',
    'fancy capitals are words');
select is((select due_at - received_at
    from test.report(lat => null, lng => null)), interval '2 hours',
    'triage has two hours');

select is(outcome($$select api.report_add(null, null, gen_random_uuid(),
    'private', 'tiada', 'x', 'x', null, null, null, null, null, null, null,
    null, null, null, null, null, null, null, null)$$),
    'CR422 /category unknown', 'an unknown category is refused');
select is(outcome($$select api.report_add(null, null, gen_random_uuid(),
    'private', null, 'x', 'x', 91, 0, null, null, null, null, null,
    null, null, null, null, null, null, null, null)$$),
    'CR422 /location/lat range', 'an impossible point is refused');
select is(outcome($$select api.report_add(null, null, gen_random_uuid(),
    'private', null, 'x', 'x', 'NaN', 0, null, null, null, null, null,
    null, null, null, null, null, null, null, null)$$),
    'CR422 /location/lat range', 'no number is refused');
select is(outcome($$select api.report_add(null, null, gen_random_uuid(),
    'private', null, 'x', 'x', null, null, null, null, null, null, null,
    null, null, null, null, null, null, null, null)$$), 'ok',
    'a report needs no more than a text');

-- Retries.
select is((select a.replayed from api.report_add(
    sha256('k1'), sha256('same'), gen_random_uuid(), 'public', 'jalan', 'x',
    'x', null, null, null, null, null, null, null, null, null, null, null,
    null, null, null, false) a), true, 'same key, same request: replayed');
select is(test.report('public', key => 'k1')::text, (select r::text from r),
    'with the first answer');
select is(outcome($$select test.report(key => 'k1', request => 'other')$$),
    'CR422 / idempotency_key_reused', 'same key, other request: refused');
select isnt((test.report(key => 'k2')).id, (test.report(key => 'k3')).id,
    'the same reference with another key is another report');
select test.as('desk');
select isnt((test.report('public', key => 'k1')).id, (select id from r),
    'another channel''s key is another key');

-- What lies where.
select test.root();
select is((select count(*)::int from identity.sealed
    where report_id = (select id from r)), 1, 'the identity is sealed');
select is((select array_agg(kind || ' ' || file_full || ' ' || file_thumb
    || ' ' || width || ' ' || height || ' ' || is_sealed order by place)
    from crm.photo where report_id = (select id from r)),
    array['report full-1 thumb-1 101 201 false',
    'report full-2 thumb-2 102 202 false'], 'photos in the order they came');
select is((select count(*)::int from audit.entry
    where report_id = (select id from r) and action = 'report_add'
    and channel_id = (select id from crm.channel where name = 'jaki')
    and request_id = 'test'), 1, 'an audit entry');
select is((select count(*)::int from crm.inbox
    where report_id = (select id from r)), 3,
    'three circles of readers: unit, channel and all');
select is_empty($$
	select i.report_id from crm.inbox i join crm.report r on r.id = i.report_id
	where (i.received_at, i.status, i.visibility, i.unit_id)
	    <> (r.received_at, r.status, r.visibility, r.unit_id)
	or i.due_at <> coalesce(r.due_at, 'infinity')
	or i.category_code is distinct from r.category_code
	or i.kelurahan_code is distinct from r.kelurahan_code
$$, 'the inbox says what the report says');

-- Numbers of the day.
select is(crm.ticket_next('2031-01-01 16:59:59+00'), 'JK3101010001',
    'the first number of a day');
select is(crm.ticket_next('2031-01-01 17:00:00+00'), 'JK3101020001',
    'the next day begins at midnight in Jakarta');
select is(crm.ticket_next('2031-01-01 17:00:01+00'), 'JK3101020002',
    'and counts on');
select setval('crm.ticket_number', (select base + 9999 from crm.ticket_day
    where day = '2031-01-02'));
select is(crm.ticket_next('2031-01-01 17:00:01+00'), 'JK31010210000',
    'past 9,999 there are five digits');

-- A month without a partition does not stop intake.
set local role crm_owner;
select crm.clock_set(86400 * 400);
select test.as('jaki');
select is((test.report()).status, 'waiting',
    'a report of a month without a partition is taken');
select test.root();
set local role crm_jobs;
select ok(api.job_partition_add() > 0, 'jobs make the months to come');
reset role;

select * from finish();
rollback;
