-- Where a point belongs: built-in cells, then imported polygons.
--
-- SPDX-License-Identifier: ISC

\set ON_ERROR_STOP on
\set collection `cat ../shared/data/jakarta_kelurahan.geojson 2>/dev/null`
begin;
set local search_path = tap, test, pg_catalog;
select no_plan();
set local role crm_owner;

select results_eq($$select level, count(*)::int from crm.area
    group by level order by level$$,
    $$values ('kecamatan', 44), ('kelurahan', 267), ('kota', 6)$$,
    'all areas are there');
select is((select count(*)::int from crm.area_shape), 317,
    'every area has a shape');
select is_empty($$select area_code from crm.area_shape
    where not ext.st_isvalid(shape) or ext.st_isempty(shape)$$,
    'every shape is an area');
select is_empty($$
	select a.code from crm.area a where a.level = 'kelurahan'
	and crm.area_at(a.lat, a.lng) is distinct from a.code
$$, 'each centroid lies in its own cell');
select is_empty($$
	select p.name from (values ('Bandung', -6.9147, 107.6098),
	    ('Bogor', -6.5971, 106.8060), ('the sea', -5.2, 106.0),
	    ('the open bay', -5.9, 107.1), ('Null Island', 0, 0),
	    ('the pole', 90, 180), ('Bekasi', -6.2383, 107.0017),
	    ('Tangerang', -6.1783, 106.6319)) p (name, lat, lng)
	where crm.area_at(p.lat, p.lng) is not null
$$, 'what is outside of the city is in no kelurahan');
select is_empty($$
	select s.area_code from crm.area_shape s
	where ext.st_hausdorffdistance(ext.st_boundary(s.shape), (
	    select ext.st_collect(ext.st_linefromencodedpolyline(r.line))
	    from regexp_split_to_table(s.outline, ' ') r (line))) > 0.0002
$$, 'each outline lies within 20 m of its shape');
select is(crm.area_at(null, 106.8), null, 'half a point is nowhere');
select is(crm.area_at(-6.2, 'NaN'), null, 'no number is nowhere');
select is(crm.area_at(-96.2, 106.8), null, 'off the earth is nowhere');
select is(crm.area_at('Infinity', 106.8), null, 'infinity is nowhere');
select is((select count(*)::int from crm.unit u
    where u.kind = 'kelurahan' and u.area_code is not null), 267,
    'every kelurahan has a unit');
select is((select count(*)::int from crm.unit u where u.kind = 'kecamatan'),
    44, 'every kecamatan has a unit');
select is((select u.parent_id from crm.unit u
    where u.name = 'Kelurahan Klender'),
    (select u.id from crm.unit u where u.name = 'Kecamatan Duren Sawit'),
    'a kelurahan is below its kecamatan');
select ok((select b.unit_ids @> array[(select u.id from crm.unit u
    where u.name = 'Kelurahan Klender')] from crm.unit_below b
    join crm.unit k on k.id = b.unit_id
    where k.name = 'Kota Administrasi Jakarta Timur'),
    'the kota knows the kelurahan below');
select ok(not (select b.unit_ids @> array[(select u.id from crm.unit u
    where u.name = 'Kelurahan Kebon Sirih')] from crm.unit_below b
    join crm.unit k on k.id = b.unit_id
    where k.name = 'Kota Administrasi Jakarta Timur'),
    'and no kelurahan of another');

-- Small polygons of our own. Klender is the square of 0.02 degrees with its
-- south-west corner at 106.9 -6.22; Duren Sawit overlaps it in the east and is
-- smaller; Pondok Bambu is a U whose middle is not its own.
create function pg_temp.square(code text, west float8, south float8,
    side float8) returns text language sql as $$
	select format('{"type":"Feature","properties":{"code":"%s"},"geometry":'
	    '{"type":"Polygon","coordinates":[[[%s,%s],[%s,%s],[%s,%s],[%s,%s],'
	    '[%s,%s]]]}}', code, west, south, west + side, south, west + side,
	    south + side, west, south + side, west, south)
$$;
create function pg_temp.collection(variadic features text[]) returns text
language sql as $$
	select '{"type":"FeatureCollection","features":['
	    || array_to_string(features, ',') || ']}'
$$;
savepoint before_import;
select results_eq($$
	select * from crm.area_import(pg_temp.collection(
	    pg_temp.square('31.75.07.1003', 106.9, -6.22, 0.02),
	    pg_temp.square('31.75.07.1001', 106.915, -6.22, 0.01)))
$$, $$values (2, 44, 6, 265)$$, 'two kelurahan are imported');
select is_empty($$
	select s.area_code from crm.area_shape s
	where s.is_official <> (s.area_code
	    in ('31.75.07.1003', '31.75.07.1001'))
$$, 'an area is official when all below it are');
select is(crm.area_at(-6.215, 106.917), '31.75.07.1001',
    'two hits: the smaller one');
rollback to before_import;

-- Only our own polygons now, far from each other.
delete from crm.area_shape;
insert into crm.area_shape
select f.code, 'kelurahan', true, ext.st_multi(ext.st_geomfromtext(f.shape,
    4326))
from (values ('31.75.07.1003', 'POLYGON((106.9 -6.22,106.92 -6.22,'
	'106.92 -6.2,106.9 -6.2,106.9 -6.22))'),
    ('31.75.07.1001', 'POLYGON((106.94 -6.22,106.96 -6.22,106.96 -6.2,'
	'106.95 -6.2,106.95 -6.21,106.945 -6.21,106.945 -6.2,106.94 -6.2,'
	'106.94 -6.22))')) f (code, shape);
select is(crm.area_at(-6.21, 106.905), '31.75.07.1003', 'one hit');
select is(crm.area_at(-6.2, 106.91), '31.75.07.1003',
    'an edge belongs to the area');
select is(crm.area_at(-6.21, 106.9212), '31.75.07.1003',
    'no hit, 133 m off: the nearest');
select is(crm.area_at(-6.21, 106.92145), null, 'no hit, 160 m off: none');
select is(crm.area_at(-6.1987, 106.91), '31.75.07.1003',
    'no hit, 144 m north: the nearest');
select is(crm.area_at(-6.1985, 106.91), null, 'no hit, 166 m north: none');
select is(crm.area_at(-6.205, 106.9475), null,
    'the middle of a U is not its own');

select is(outcome($$select crm.area_import('{"type":"Point"}')$$),
    'CR422 / type', 'no collection is refused');
select is(outcome($$select crm.area_import(pg_temp.collection(
    pg_temp.square('31.75.07.9999', 106.9, -6.22, 0.02)))$$),
    'CR422 /features/0/properties/code code', 'an unknown code is refused');
select is(outcome($$select crm.area_import(pg_temp.collection(
    pg_temp.square('31.75.07', 106.9, -6.22, 0.02)))$$),
    'CR422 /features/0/properties/code code', 'a kecamatan is refused');
select is(outcome($$select crm.area_import(pg_temp.collection(
    pg_temp.square('31.75.07.1003', 106.9, -6.22, 0.02),
    pg_temp.square('31.75.07.1003', 106.9, -6.22, 0.02)))$$),
    'CR422 /features/0/properties/code code', 'a code that comes twice is refused');
select is(outcome($$select crm.area_import(pg_temp.collection(
    pg_temp.square('31.75.07.1003', 6.9, 46.22, 0.02)))$$),
    'CR422 /features/0/geometry geometry', 'a shape elsewhere is refused');
select is(outcome($$select crm.area_import(replace(pg_temp.collection(
    pg_temp.square('31.75.07.1003', 106.9, -6.22, 0.02)), 'Polygon',
    'MultiPoint'))$$) <> 'ok', true, 'a shape that is no area is refused');

-- The official polygons, where they are at hand.
select set_config('test.collection', :'collection', true) <> ''
    as has_collection \gset
create function pg_temp.official() returns setof text language plpgsql as $$
declare
	counts record;
begin
	if current_setting('test.collection') = '' then
		return next skip('no official polygons here', 4);
		return;
	end if;
	select * into counts
	from crm.area_import(current_setting('test.collection'));
	return next is(counts, row(267, 44, 6, 0), 'all kelurahan are imported');
	return next is((select count(*)::int from crm.area a
	    where a.level = 'kelurahan'
	    and crm.area_at(a.lat, a.lng) is distinct from a.code) <= 8, true,
	    'all but 8 centroids lie in their own polygon');
	return next is((select count(*)::int
	    from generate_series(0, 39) x, generate_series(0, 39) y
	    where crm.area_at(-6.35 + y * 0.006, 106.72 + x * 0.006)
	    is not null) between 1100 and 1500, true,
	    'most points of a grid over the mainland are in the city');
	return next is(crm.area_at(-6.9147, 107.6098), null,
	    'Bandung is outside');
end
$$;
select pg_temp.official();

select * from finish();
rollback;
