-- SPDX-License-Identifier: ISC

create function api.holiday_list()
returns table (id uuid, day date, name text, kind text)
language sql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select h.id, h.day, h.name, h.kind from crm.holiday h order by h.day
$$;
comment on function api.holiday_list() is 'Days on which no deadline runs.';
grant execute on function api.holiday_list() to crm_officer;
