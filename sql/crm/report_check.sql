-- SPDX-License-Identifier: ISC

create function crm.report_check(category text, lat float8, lng float8)
returns void
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
	if category is not null and not exists (
		select from crm.category c
		where c.code = category and c.is_active) then
		raise exception 'no such category'
		    using errcode = 'CR422', column = '/category',
		    constraint = 'unknown';
	end if;
	if lat not between -90 and 90 then
		raise exception 'not on earth'
		    using errcode = 'CR422', column = '/location/lat',
		    constraint = 'range';
	end if;
	if lng not between -180 and 180 then
		raise exception 'not on earth'
		    using errcode = 'CR422', column = '/location/lng',
		    constraint = 'range';
	end if;
	if (lat is null) <> (lng is null) then
		raise exception 'half a point'
		    using errcode = 'CR422', column = '/location',
		    constraint = 'required';
	end if;
end
$$;
comment on function crm.report_check(text, float8, float8) is
    'Refuses an unknown category and an impossible point with CR422.';
grant execute on function crm.report_check(text, float8, float8)
    to crm_officer, crm_channel;
