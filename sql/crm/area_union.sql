-- SPDX-License-Identifier: ISC

create function crm.area_union(above text) returns int
language sql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
	with joined as (
		select a.parent_code, bool_and(s.is_official) as is_official,
		    ext.st_multi(ext.st_collectionextract(
			ext.st_union(s.shape), 3)) as shape
		from crm.area a
		join crm.area_shape s on s.area_code = a.code
		join crm.area p on p.code = a.parent_code
		where p.level = above
		group by a.parent_code
	), stored as (
		insert into crm.area_shape as old
		    (area_code, level, is_official, shape)
		select j.parent_code, above, j.is_official, j.shape from joined j
		on conflict (area_code) do update
		set is_official = excluded.is_official, shape = excluded.shape
		returning 1
	)
	select count(*)::int from stored
$$;
comment on function crm.area_union(text) is
    'Makes the shapes of kecamatan or kota from those of the areas below.';
