-- SPDX-License-Identifier: ISC

create function crm.filter_place(lat float8, kelurahan text) returns text[]
language sql immutable security invoker parallel safe
set search_path = pg_catalog, pg_temp
as $$
	select case when lat is null then array['no_point']
	    when kelurahan is null then array['outside']
	    else array[]::text[] end
$$;
comment on function crm.filter_place(float8, text) is
    'What a place is held for: no point, or a point in no kelurahan of the city.';
grant execute on function crm.filter_place(float8, text)
    to crm_officer, crm_channel;
