-- SPDX-License-Identifier: ISC

create function crm.area_at(lat float8, lng float8) returns text
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
as $$
declare
	-- 150 m are less than this many degrees anywhere near the equator.
	reach constant float8 := 0.0015;
	point ext.geometry;
	found_code text;
begin
	if lat is null or lng is null or lat not between -90 and 90
	    or lng not between -180 and 180 then
		return null;
	end if;
	point := ext.st_setsrid(ext.st_makepoint(lng, lat), 4326);
	-- Simplified shapes may overlap: the smaller one, then the code, so that
	-- the same point always goes the same way.
	select s.area_code into found_code
	from crm.area_shape s
	where s.level = 'kelurahan' and s.shape operator(ext.&&) point
	and ext.st_covers(s.shape, point)
	order by ext.st_area(s.shape), s.area_code
	limit 1;
	if found then
		return found_code;
	end if;
	select near.area_code into found_code
	from (
		select s.area_code, ext.st_distance(s.shape::ext.geography,
		    point::ext.geography) as metres
		from crm.area_shape s
		where s.level = 'kelurahan'
		and s.shape operator(ext.&&) ext.st_expand(point, reach)
	) near
	where near.metres <= 150
	order by near.metres, near.area_code
	limit 1;
	return found_code;
end
$$;
comment on function crm.area_at(float8, float8) is
    'Kelurahan of a point: the one that covers it, else the nearest within 150 m, else null. Security definer so that no login needs the extension or the shapes.';
grant execute on function crm.area_at(float8, float8)
    to crm_officer, crm_channel;
