-- SPDX-License-Identifier: ISC

create function crm.area_outline(shape ext.geometry) returns text
language sql immutable security invoker
set search_path = pg_catalog, pg_temp
as $$
	-- 20 m are 0.00018 degrees at the equator.
	select string_agg(ext.st_asencodedpolyline(
	    ext.st_exteriorring(ring.geom), 5), ' ' order by part.path, ring.path)
	from ext.st_dump(ext.st_simplifypreservetopology(shape, 0.00018)) part
	cross join lateral ext.st_dumprings(part.geom) ring
$$;
comment on function crm.area_outline(ext.geometry) is
    'Rings of a shape for a map, within 20 m, as encoded polylines of five digits with spaces between.';
