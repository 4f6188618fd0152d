-- SPDX-License-Identifier: ISC

create function crm.area_import(collection text)
returns table (kelurahan int, kecamatan int, kota int, unchanged int)
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	-- Jakarta with its islands lies well inside.
	bounds constant ext.geometry :=
	    ext.st_makeenvelope(106.0, -6.8, 107.4, -4.9, 4326);
	document jsonb := collection::jsonb;
	wrong text;
begin
	if document ->> 'type' is distinct from 'FeatureCollection'
	    or jsonb_typeof(document -> 'features') is distinct from 'array'
	    or jsonb_array_length(document -> 'features') = 0 then
		raise exception 'not a collection of features'
		    using errcode = 'CR422', column = '/', constraint = 'type';
	end if;
	create temporary table area_import on commit drop as
	select f.place - 1 as place, f.feature #>> '{properties,code}' as code,
	    ext.st_multi(ext.st_collectionextract(ext.st_makevalid(
		ext.st_setsrid(ext.st_force2d(ext.st_geomfromgeojson(
		    f.feature -> 'geometry')), 4326)), 3)) as shape
	from jsonb_array_elements(document -> 'features')
	    with ordinality f (feature, place);
	select '/features/' || i.place into wrong
	from pg_temp.area_import i
	left join crm.area a on a.code = i.code and a.level = 'kelurahan'
	where a.code is null
	or 1 < (select count(*) from pg_temp.area_import j where j.code = i.code)
	order by i.place limit 1;
	if found then
		raise exception 'a code is unknown or comes twice'
		    using errcode = 'CR422', constraint = 'code',
		    column = wrong || '/properties/code';
	end if;
	select '/features/' || i.place into wrong
	from pg_temp.area_import i
	where i.shape is null or ext.st_isempty(i.shape)
	or not ext.st_coveredby(i.shape, bounds)
	order by i.place limit 1;
	if found then
		raise exception 'a shape is no area in or near Jakarta'
		    using errcode = 'CR422', constraint = 'geometry',
		    column = wrong || '/geometry';
	end if;
	insert into crm.area_shape as old (area_code, level, is_official, shape)
	select i.code, 'kelurahan', true, i.shape from pg_temp.area_import i
	on conflict (area_code) do update
	set is_official = true, shape = excluded.shape;
	get diagnostics kelurahan = row_count;
	drop table pg_temp.area_import;
	kecamatan := crm.area_union('kecamatan');
	kota := crm.area_union('kota');
	unchanged := (select count(*) from crm.area_shape s
	    where s.level = 'kelurahan' and not s.is_official);
	return next;
end
$$;
comment on function crm.area_import(text) is
    'Replaces shapes of kelurahan by the polygons of a GeoJSON collection whose features carry properties.code; all or nothing.';
