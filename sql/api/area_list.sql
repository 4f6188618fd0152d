-- SPDX-License-Identifier: ISC

create function api.area_list(in_level text, bbox float8[])
returns table (code text, name text, level text, outline text)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
	select a.code, a.name, a.level, s.outline
	from crm.area a
	join crm.area_shape s on s.area_code = a.code
	where (in_level is null or a.level = in_level)
	and (bbox is null or ext.st_intersects(s.shape,
	    ext.st_makeenvelope(bbox[1], bbox[2], bbox[3], bbox[4], 4326)))
	order by a.code
$$;
comment on function api.area_list(text, float8[]) is
    'Areas of a level that a box of west, south, east and north touches, with outlines for a map. Security definer so that no login needs the extension or the shapes.';
grant execute on function api.area_list(text, float8[]) to crm_officer;
