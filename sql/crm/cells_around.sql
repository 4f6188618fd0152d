-- SPDX-License-Identifier: ISC

create function crm.cells_around(lat float8, lng float8) returns bigint[]
language sql immutable strict security invoker parallel safe
set search_path = pg_catalog, pg_temp
as $$
	-- 50 m are less than this many degrees anywhere near the equator, and
	-- less than half a square: one to four squares.
	select array_agg(distinct crm.cell(lat + y.d, lng + x.d))
	from (values (-0.00047), (0.00047)) y (d)
	cross join (values (-0.00047), (0.00047)) x (d)
$$;
comment on function crm.cells_around(float8, float8) is
    'The squares of crm.cell within 50 m of a point.';
