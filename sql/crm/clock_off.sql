-- SPDX-License-Identifier: ISC

create function crm.clock_off(since timestamptz, until timestamptz)
returns table (start timestamptz, finish timestamptz)
language plpgsql stable security invoker
rows 4
set search_path = pg_catalog, pg_temp
as $$
begin
	return query
	select h.day::timestamp at time zone 'Asia/Jakarta',
	    (h.day + 1)::timestamp at time zone 'Asia/Jakarta'
	from crm.holiday h
	where h.day between (since at time zone 'Asia/Jakarta')::date
	and (until at time zone 'Asia/Jakarta')::date
	order by h.day;
end
$$;
comment on function crm.clock_off(timestamptz, timestamptz) is
    'The days off that a time between the two may lie in, in order.';
grant execute on function crm.clock_off(timestamptz, timestamptz)
    to crm_officer, crm_channel;
