-- What the public reads: rows of public reports alone, rounded and masked, gone
-- with the step that makes a report private; and nothing else.
--
-- SPDX-License-Identifier: ISC

\set ON_ERROR_STOP on
begin;
set local search_path = tap, test, pg_catalog;
select no_plan();
do $$
begin
	execute 'grant usage on schema tap, test to crm_public';
end
$$;

create temporary table r (name text, id uuid, version int);
grant all on r to public;
create function pg_temp.public() returns void language sql as $$
	select set_config('role', 'none', true),
	    set_config('role', 'crm_public', true)
$$;
create function pg_temp.of(wanted text) returns uuid
language sql as $$ select r.id from r where r.name = wanted $$;
create function pg_temp.listed(names text[] default null)
returns setof text language sql as $$
	select r.name
	from api.request_list((select array_agg(r.id) from r), null, null, null,
	    null, null, null, null, null, null, 0, 1000, false) l
	join r on r.id = l.service_request_id
	order by r.name
$$;
create function pg_temp.step(wanted text, type text, body jsonb default null)
returns void language sql as $$
	with done as (
		select s.report from test.step(pg_temp.of(wanted), type,
		    (select r.version from r where r.name = wanted),
		    gen_random_uuid()::text, body => body) s)
	update r set version = (done.report).version from done
	where r.name = wanted
$$;

select test.as('jaki');
insert into r select 'private', id, version from test.report('private');
insert into r select 'public', id, version from test.report('public');
insert into r select 'flipped', id, version from test.report('public');
insert into r select 'opened', id, version from test.report('private');
insert into r select 'withdrawn', id, version from test.report('public');
insert into r select 'nowhere', id, version
    from test.report('public', null, null);
insert into r select 'abusive', id, version
    from test.report('public', description => 'dasar anjing bangsat');

-- The place.
select pg_temp.public();
select results_eq('select * from pg_temp.listed()',
    $$values ('flipped'), ('nowhere'), ('public'), ('withdrawn')$$,
    'public reports are there, but for what is held as abusive');
select results_eq($$select p.lat, p.lng from crm.public_report p
    where p.report_id = pg_temp.of('public')$$,
    $$values (-6.219::float8, 106.908::float8)$$, 'the place is rounded');
select results_eq($$select p.lat from crm.public_report p
    where p.report_id = pg_temp.of('nowhere')$$, $$values (null::float8)$$,
    'a report without a place has none');

-- Private and public again.
select test.as('jaki');
select pg_temp.step('flipped', 'make_private');
select pg_temp.step('opened', 'make_public');
select pg_temp.step('withdrawn', 'withdraw');
select pg_temp.public();
select results_eq('select * from pg_temp.listed()',
    $$values ('nowhere'), ('opened'), ('public')$$,
    'made private and withdrawn: gone; made public: there');
select is_empty($$select from api.request_photo((select p.id from crm.photo p
    where p.report_id = pg_temp.of('flipped') limit 1))$$,
    'and no photo of it');
select is_empty($$select from crm.photo p
    where p.report_id = pg_temp.of('opened')$$,
    'what came sealed with a private report stays sealed');
select is((select count(*)::int from crm.photo p
    where p.report_id = pg_temp.of('public')), 2,
    'photos of a public report are there');
select is((select l.photo_id is not null from api.request_list(
    array[pg_temp.of('public')], null, null, null, null, null, null, null,
    null, null, 0, 10, false) l), true, 'its request links to one');

-- What units tell.
select test.as('budi');
select pg_temp.step('public', 'take', '{"note": "dalam"}');
select pg_temp.step('public', 'reply', '{"text": "Petugas datang"}');
select pg_temp.step('public', 'ask', '{"text": "Nomor rumah?"}');
select pg_temp.step('public', 'note', '{"note": "rahasia"}');
select pg_temp.public();
select results_eq($$select p.notes, p.status, p.is_open from
    crm.public_report p where p.report_id = pg_temp.of('public')$$,
    $$values ('Petugas datang', 'in_progress', true)$$,
    'notes are the last reply, not a question, not a note');
select test.as('jaki');
select pg_temp.step('public', 'answer', '{"text": "Nomor tujuh"}');
select pg_temp.public();
select is((select p.notes from crm.public_report p
    where p.report_id = pg_temp.of('public')), 'Petugas datang',
    'nor what the reporter says');
select test.root();
create temporary table before as select p.updated_at from
    crm.public_report p where p.report_id = pg_temp.of('public');
grant select on before to public;
select test.as('budi');
select pg_temp.step('public', 'note', '{"note": "rahasia"}');
select pg_temp.public();
select is((select p.updated_at from crm.public_report p
    where p.report_id = pg_temp.of('public')),
    (select b.updated_at from before b),
    'an internal note is no change that the public sees');

-- Private and back: what was told before is told again.
select test.as('jaki');
select pg_temp.step('public', 'make_private');
select pg_temp.step('public', 'make_public');
select pg_temp.public();
select is((select p.notes from crm.public_report p
    where p.report_id = pg_temp.of('public')), 'Petugas datang',
    'made public again it has its notes');

-- Rejected: by reason.
select test.as('jaki');
insert into r select 'spam', id, version
    from test.report('public', null, null, 'Jual obat murah');
insert into r select 'elsewhere', id, version
    from test.report('public', null, null, 'Jalan di Bekasi rusak');
select test.as('sari');
select pg_temp.step('spam', 'reject', '{"reason": "spam", "text": "Iklan"}');
select pg_temp.step('elsewhere', 'reject',
    '{"reason": "not_city", "text": "Milik kota lain"}');
select pg_temp.public();
select results_eq($$select l.name from pg_temp.listed() l (name)
    where l.name in ('spam', 'elsewhere')$$, $$values ('elsewhere')$$,
    'spam is not there, another rejection is');
select test.as('jaki');
select pg_temp.step('spam', 'appeal', '{"text": "Bukan iklan"}');
select pg_temp.public();
select is_empty($$select from pg_temp.listed() l (name) where l.name = 'spam'$$,
    'nor while it is appealed');

-- A sandbox is nobody's city; what is empty was erased.
select test.root();
update crm.channel set is_sandbox = true where name = 'jaki';
update crm.report set category_code = 'pohon'
where id = pg_temp.of('elsewhere');
update crm.channel set is_sandbox = false where name = 'jaki';
update crm.report set erased_at = crm.now()
where id = pg_temp.of('nowhere');
select pg_temp.public();
select results_eq('select * from pg_temp.listed()',
    $$values ('opened'), ('public')$$, 'no sandbox, nothing erased');

-- The days.
select is(test.outcome($$select api.request_list(null, null, null,
    now() - interval '91 days', now(), null, null, null, null, null, 0, 1,
    false)$$), 'CR422 ?start_date span', 'not more than 90 days');
select results_eq($$select before - since from crm.public_span(
    '2026-01-01Z', null, true, 'x')$$,
    $$values (interval '90 days 1 second')$$, 'from a day on');
select results_eq($$select before > crm.now(), before - since
    from crm.public_span(null, null, true, 'x')$$,
    $$values (true, interval '90 days 1 second')$$, 'the latest');
select results_eq($$select since, before from crm.public_span(
    '2026-01-01 00:00:00.9Z', '2026-01-01 00:00:00.1Z', true, 'x')$$,
    $$values ('2026-01-01 00:00:00Z'::timestamptz,
	'2026-01-01 00:00:01Z'::timestamptz)$$, 'whole seconds');
select results_eq($$select since is null from crm.public_span(null, null,
    false, 'x')$$, $$values (true)$$, 'all, where none are needed');

-- Nothing else.
select is(test.outcome('select from ' || name), '42501', name)
from unnest(array['crm.report', 'crm.report_told', 'crm.report_shown',
    'crm.report_key', 'crm.report_origin', 'crm.event', 'crm.event_told',
    'crm.event_internal', 'crm.inbox', 'crm.account', 'crm.session',
    'crm.channel', 'crm.channel_key', 'crm.photo_hash', 'crm.idempotency',
    'crm.report_before', 'crm.duplicate_hint', 'crm.hand_over',
    'identity.sealed', 'audit.entry']) name;
select is(test.outcome('select file_thumb from crm.photo'), '42501',
    'not the other columns of photos');
select is(test.outcome('delete from crm.public_report'), '42501',
    'and writes nothing');
select is(test.outcome($$select crm.public_notes(gen_random_uuid())$$),
    '42501', 'nor calls what keeps its rows');

-- All that was kept by triggers is what would be made from scratch.
select test.root();
select is_empty($$
	(select p.report_id, p.status, p.is_open, p.category_code,
	    p.description, p.lat, p.lng, p.kelurahan_code, p.unit_id,
	    p.due_at, p.reason_code, p.notes from crm.public_report p)
	except
	select (s.row).report_id, (s.row).status, (s.row).is_open,
	    (s.row).category_code, (s.row).description, (s.row).lat,
	    (s.row).lng, (s.row).kelurahan_code, (s.row).unit_id,
	    (s.row).due_at, (s.row).reason_code,
	    crm.public_notes((s.row).report_id)
	from (select crm.public_row(r) as row from crm.report r offset 0) s
$$, 'each row is what the report says');

select * from finish();
rollback;
