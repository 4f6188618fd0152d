-- Shapes to start with, so that a fresh machine needs no file: each kelurahan
-- gets the land nearest to its centroid. On the mainland the cells end a little
-- beyond the outline of the centroids, at sea 9 km from an island's centroid.
-- crm.area_import() replaces them by official polygons.
--
-- SPDX-License-Identifier: ISC

insert into crm.area_shape (area_code, level, is_official, shape)
with centre as (
	select a.code, left(a.code, 5) = '31.01' as is_island,
	    ext.st_setsrid(ext.st_makepoint(a.lng, a.lat), 4326) as point
	from crm.area a where a.level = 'kelurahan'
), cell as (
	select (ext.st_dump(ext.st_voronoipolygons(ext.st_collect(c.point), 0,
	    ext.st_makeenvelope(106.2, -6.7, 107.2, -5.1, 4326)))).geom as shape
	from centre c
), mainland as (
	select ext.st_buffer(ext.st_concavehull(ext.st_collect(c.point), 0.5),
	    0.013) as shape
	from centre c where not c.is_island
)
select c.code, 'kelurahan', false, ext.st_multi(ext.st_collectionextract(
    ext.st_snaptogrid(ext.st_intersection(cell.shape, case when c.is_island
	then ext.st_buffer(c.point, 0.08) else mainland.shape end), 0.000001), 3))
from centre c
join cell on ext.st_covers(cell.shape, c.point)
cross join mainland;

select crm.area_union('kecamatan'), crm.area_union('kota');
