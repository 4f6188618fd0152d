-- SPDX-License-Identifier: ISC

create function crm.change_second(moment timestamptz) returns int
language sql immutable security invoker parallel safe
set search_path = pg_catalog, pg_temp
as $$
	select greatest(0,
	    floor(extract(epoch from moment)) - 946684800)::int
$$;
comment on function crm.change_second(timestamptz) is
    'The second of a moment, counted from the year 2000: second key of the locks that writers of reports hold.';
grant execute on function crm.change_second(timestamptz)
    to crm_officer, crm_channel;
