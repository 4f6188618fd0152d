-- Choices are counted by the steps that make them, and the first suggestion is
-- noted with each hand-over.
--
-- SPDX-License-Identifier: ISC

\set ON_ERROR_STOP on
begin;
set local search_path = tap, test, pg_catalog;
select no_plan();

create temporary table r (name text, id uuid);
grant all on r to public;
create function pg_temp.put(name text, lat float8 default -6.218512)
returns void language plpgsql as $$
begin
	perform test.as('jaki');
	insert into r select put.name, t.id from test.report('private', lat,
	    case when lat is not null then 106.908136 end,
	    description => put.name, photos => 0) t;
end
$$;
create function pg_temp.do(who text, wanted text, type text, body jsonb)
returns text language plpgsql as $$
declare
	version int;
begin
	perform test.root();
	select t.version into version from crm.report t join r on r.id = t.id
	where r.name = wanted;
	perform test.as(who);
	return ((select s.report from test.step((select r.id from r
	    where r.name = wanted), type, version, body => body) s)).status;
end
$$;
create function pg_temp.unit(wanted text) returns text language sql as $$
	select u.id::text from crm.unit u where u.name = wanted
$$;
create function pg_temp.counts() returns text[] language plpgsql as $$
begin
	perform test.root();
	return (select array_agg(c.step || ' ' || u.name || ' '
	    || round(c.count::numeric, 1) order by u.name, c.step)
	    from crm.choice c join crm.unit u on u.id = c.unit_id);
end
$$;

select pg_temp.put('one');
select is(pg_temp.do('budi', 'one', 'hand_over', jsonb_build_object('unit',
    pg_temp.unit('Dinas Bina Marga'), 'reason', 'jalan provinsi')),
    'coordination', 'handed over');
select is(pg_temp.counts(), array['hand_over Dinas Bina Marga 1.0'],
    'a hand-over is counted');
select is((select u.name from crm.hand_over h
    join crm.unit u on u.id = h.suggested_unit_id), 'Dinas Bina Marga',
    'with what was suggested first');
select is(pg_temp.do('bina', 'one', 'dispose', jsonb_build_object('unit',
    pg_temp.unit('Suku Dinas Bina Marga Jakarta Selatan'), 'reason', 'x')),
    'disposition', 'sent down');
select is((select u.name from (select test.root()) x, crm.hand_over h
    join crm.unit u on u.id = h.suggested_unit_id
    where h.kind = 'disposition'), 'Suku Dinas Bina Marga Jakarta Timur',
    'though its office in the kota was suggested');
select is(pg_temp.counts(), array['hand_over Dinas Bina Marga 1.0',
    'dispose Suku Dinas Bina Marga Jakarta Selatan 1.0'],
    'a disposition is counted apart');
select pg_temp.do('bina', 'one', 'undo', '{}');
select is((pg_temp.counts())[2],
    'dispose Suku Dinas Bina Marga Jakarta Selatan 0.0', 'undone it is not');
select is(pg_temp.do('bina', 'one', 'return', '{"reason": "bukan kami"}'),
    'waiting', 'sent back');
select is((pg_temp.counts())[1], 'hand_over Dinas Bina Marga 0.0',
    'what was sent back does not count');
select pg_temp.put('lost', null);
select is(pg_temp.do('sari', 'lost', 'route', jsonb_build_object('unit',
    pg_temp.unit('Dinas Bina Marga'))), 'waiting', 'triage routes one');
select is((pg_temp.counts())[1], 'hand_over Dinas Bina Marga 0.0',
    'of another kelurahan, or of none');
select is((pg_temp.counts())[2], 'hand_over Dinas Bina Marga 1.0',
    'a route is counted as well');

-- Triage sets place and category: what is nearby is looked for anew.
select pg_temp.put('moved', null);
select is(pg_temp.do('sari', 'moved', 'route', jsonb_build_object('unit',
    pg_temp.unit('Kelurahan Klender'), 'category', 'trotoar', 'location',
    '{"lat": -6.218512, "lng": 106.908136}'::jsonb)), 'waiting',
    'routed with a place');
select test.root();
select is((select t.kelurahan_code || ' ' || t.category_code || ' '
    || array_to_string(t.held_for, ',') from crm.report t
    join r on r.id = t.id where r.name = 'moved'), '31.75.07.1003 trotoar ',
    'the kelurahan follows the place, and it is held no more');

select * from finish();
rollback;
