-- Proof checks: which pictures are the same, what is told about it and to whom.
--
-- SPDX-License-Identifier: ISC

\set ON_ERROR_STOP on
begin;
set local search_path = tap, test, pg_catalog;
select no_plan();

-- A hash that has no band in common with its own mirror image.
\set whole 1311768467463790320
\set mirror 6148914691236517205

create function pg_temp.words(whole bigint, quarter bigint default 4294967297,
    weakest bigint default 0) returns bigint[]
language sql as $$
	select array[whole, weakest, quarter, quarter + 1, quarter + 2,
	    quarter + 3]
$$;

create function pg_temp.flipped(whole bigint, variadic bits int[])
returns bigint language sql as $$
	select whole # bit_or(1::bigint << b) from unnest(bits) b
$$;

create function pg_temp.add(visibility text, hashes bigint[],
    lat float8 default -6.218512, lng float8 default 106.908136)
returns uuid language sql as $$
	select (a.report).id from api.report_add(null, null, gen_random_uuid(),
	    visibility, 'jalan', 'Lubang', 'Lubang', lat, lng, 5, null, null,
	    'ref', 'epoch-1', '\x01', '\x02', array[gen_random_uuid()],
	    array['full'], array['thumb'], array[100], array[200],
	    visibility = 'private', null, hashes) a
$$;

-- A follow-up with one photo; returns the event.
create function pg_temp.proof(report uuid, version int, hashes bigint[],
    captured interval default '-1 minute') returns uuid
language sql as $$
	select (a.event).id from api.event_add(null, null, report::text, version,
	    'follow_up', jsonb_build_object('text', 'Beres', 'captured_at',
	    crm.now() + captured, 'location',
	    '{"lat": -6.2186, "lng": 106.9082}'::jsonb),
	    array[gen_random_uuid()], array['pf'], array['pt'], array[10],
	    array[20], hashes) a
$$;

create temporary table r (name text, id uuid);
grant all on r to public;
select test.as('jaki');
insert into r values
    ('private', pg_temp.add('private', pg_temp.words(:whole))),
    ('public', pg_temp.add('public', pg_temp.words(:whole))),
    ('flat', pg_temp.add('public', pg_temp.words(0))),
    ('elsewhere', pg_temp.add('private', '{}', -6.1846, 106.8326));

select test.root();
select is((select count(*)::int from crm.photo_hash h join r on r.id = h.report_id),
    2, 'a picture without detail has no hash');
select is((select array_agg(distinct u.name order by u.name)
    from crm.report c join r on r.id = c.id join crm.unit u on u.id = c.unit_id),
    array['Kelurahan Kebon Sirih', 'Kelurahan Klender'], 'two units hold them');

-- No login reads or writes hashes.
select test.as('vina');
select is(outcome('select * from crm.photo_hash'), '42501', 'hashes are not for officers');
select is(outcome('select crm.photo_near(''{}'')'), '42501', 'nor is the look-up');
select is(outcome('select crm.photo_same(''{}'', null)'), '42501', 'nor the comparison');
select is(outcome('insert into crm.proof_check (report_id, event_id, at, kind)
    select id, id, now(), ''arrival'' from r limit 1'), '42501', 'facts are not made by hand');
select test.as('jaki');
select is(outcome('select * from crm.photo_hash'), '42501', 'hashes are not for channels');
select is(outcome('select * from crm.proof_check'), '42501', 'nor facts');
select is(outcome('select api.check_list(''x'')'), '42501', 'nor their list');

-- Who follows up with the reporter's own photo.
select test.as('budi');
select test.step(id, 'take', 1) from r where name in ('private', 'public', 'flat');
select pg_temp.proof(id, 2, pg_temp.words(pg_temp.flipped(:whole, 3)))
from r where name = 'private';
select is((select (c.kind, c.bits, c.is_mirrored, c.photo_id is not null,
    c.other_photo_id, c.other_report_id, c.visibility)::text
    from r, api.check_list(r.id::text) c
    where r.name = 'private' and c.photo_id is not null),
    '(own_photo,1,f,t,,,private)',
    'a private photo is a fact without the photo');
select pg_temp.proof(id, 2, pg_temp.words(:whole)) from r where name = 'public';
select is((select array_agg((c.kind, c.other_photo_id is not null,
    c.other_report_id is not null, c.visibility)::text order by c.kind)
    from r, api.check_list(r.id::text) c
    where r.name = 'public' and c.photo_id is not null),
    array['(earlier_proof,t,t,private)', '(own_photo,t,f,public)'],
    'a public one comes with it; what names a private report is private');
select pg_temp.proof(id, 2, pg_temp.words(0)) from r where name = 'flat';
select is((select count(*)::int from r, api.check_list(r.id::text) c
    where r.name = 'flat' and c.photo_id is not null), 0,
    'nothing is like a picture without detail');

-- Times and places.
select results_eq($$select c.kind, c.seconds, round(c.meters::numeric) from r, api.check_list(r.id::text) c
    where r.name = 'public' and c.photo_id is null order by c.kind$$,
    $$values ('arrival', 60::bigint, null::numeric), ('before_received', 57::bigint, null),
    ('before_taken', 60::bigint, null), ('distance', null, 12::numeric)$$,
    'when and where it was taken, to the second and metre');

-- Another unit, of which the first report is no business.
select test.as('tuti');
select test.step(id, 'take', 1) from r where name = 'elsewhere';
select pg_temp.proof(id, 2, pg_temp.words(:whole::bigint # :mirror, 4294967297, 0))
from r where name = 'elsewhere';
select is((select count(*)::int from r, api.check_list(r.id::text) c
    where r.name = 'elsewhere' and c.photo_id is not null), 0,
    'the quarters have to fit as well');
select test.root();
update crm.report c set status = 'in_progress', version = 2 from r
where r.id = c.id and r.name = 'elsewhere';
select test.as('tuti');
select pg_temp.proof(id, 2, array[:whole::bigint # :mirror, 0,
    4294967298 # :mirror::bigint, 4294967297 # :mirror::bigint,
    4294967300 # :mirror::bigint, 4294967299 # :mirror::bigint])
from r where name = 'elsewhere';
select is((select array_agg(distinct (c.kind, c.bits, c.is_mirrored,
    c.other_photo_id, c.other_report_id, c.other_report_ticket, c.visibility)::text)
    from r, api.check_list(r.id::text) c
    where r.name = 'elsewhere' and c.photo_id is not null),
    array['(earlier_proof,0,t,,,,private)', '(earlier_proof,1,t,,,,private)'],
    'a mirrored copy of a proof that one may not open');
select is((select count(*)::int from crm.proof_pair), 0, 'the table says no more');
select is(outcome(format('select api.check_list(%L)', id)), 'CR404',
    'a report that one may not open') from r where name = 'private';
select is((select count(*)::int from crm.proof_check c join r on r.id = c.report_id
    where r.name = 'private'), 0, 'nor its facts in the table');
select test.as('vina');
select is((select count(*)::int from r, api.check_list(r.id::text) c
    where r.name = 'elsewhere' and c.other_report_ticket ~ '^JK'
    and c.other_report_id in (select id from r)), 2,
    'a validator, who may open both, sees both');
select test.root();
select is((select count(*)::int from audit.entry e join r on r.id = e.report_id
    where e.action = 'check_list' and r.name = 'elsewhere'), 3,
    'whoever looks is written down');

-- Progress on the way is proof as well; a note of an officer is not.
update crm.report c set status = 'in_progress', version = 2 from r
where r.id = c.id and r.name = 'elsewhere';
select test.as('tuti');
select test.step(id, 'progress', 2, body => '{"text": "Mulai"}', photos => 1)
from r where name = 'elsewhere';
select is((select (a.event).type from r, api.event_add(null, null, r.id::text, 3,
    'progress', '{"text": "Separuh"}', array[gen_random_uuid()], array['f'],
    array['t'], array[1], array[1], pg_temp.words(:whole)) a
    where r.name = 'elsewhere'), 'progress', 'progress with a photo');
select test.as('vina');
select is((select count(distinct c.event_id)::int from r, api.check_list(r.id::text) c
    where r.name = 'elsewhere' and c.kind = 'earlier_proof'), 2,
    'is compared with earlier proof');
select test.as('tuti');
select test.step(id, 'note', 4, photos => 1) from r where name = 'elsewhere';
select test.root();
select is((select count(*)::int from crm.photo_hash h join crm.photo p
    on p.id = h.photo_id where p.kind = 'site'), 0, 'a note is not');

-- How far apart two pictures may be, and how they are found at all.
create function pg_temp.found(hashes bigint[]) returns text
language sql as $$
	select coalesce((select min(s.bits)::text
	from crm.photo_same(hashes, null) s), 'none')
$$;
delete from crm.photo_hash;
insert into crm.photo_hash (photo_id, report_id, is_proof, whole, quarters)
select p.id, p.report_id, true, :whole, array[0, 0, 0, 0]::bigint[]
from crm.photo p where p.kind = 'proof' limit 1;
select is(pg_temp.found(array[:whole, 0, 0, 0, 0, 0]::bigint[]), '0', 'the same');
select is(pg_temp.found(array[pg_temp.flipped(:whole, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9),
    0, 0, 0, 0, 0]), '10', 'ten bits in one band');
select is(pg_temp.found(array[pg_temp.flipped(:whole, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
    0, 0, 0, 0, 0]), 'none', 'eleven');
select is(pg_temp.found(array[pg_temp.flipped(:whole, 0), 0, 2147483647, 32767, 0, 0]),
    '47', 'forty-seven of all');
select is(pg_temp.found(array[pg_temp.flipped(:whole, 0), 0, 2147483647, 32767, 3, 0]),
    'none', 'forty-nine of all');
select is(pg_temp.found(array[pg_temp.flipped(:whole, 0, 21, 42), 0, 0, 0, 0, 0]),
    'none', 'a bit in each band');
select is(pg_temp.found(array[pg_temp.flipped(:whole, 0, 21, 42),
    (1::bigint << 5) + (1::bigint << 21) + (1::bigint << 50), 0, 0, 0, 0]), '3',
    'but for the one that was least certain');
select is(pg_temp.found(array[0, 0, 0, 0, 0, 0]::bigint[]
    || array[:whole, 0, 0, 0, 0, 0]::bigint[]), '0', 'any of its windows');
select is(pg_temp.found('{}'), 'none', 'no words');
update crm.photo_hash set is_proof = false;
select is(pg_temp.found(array[:whole, 0, 0, 0, 0, 0]::bigint[]), 'none',
    'photos of reporters are compared within their report alone');

select * from finish();
rollback;
