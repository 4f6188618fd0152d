-- SPDX-License-Identifier: ISC

create function api.view_list()
returns table (id uuid, name text, query text)
language sql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select v.id, v.name, v.query from crm.view v order by v.name, v.id
$$;
comment on function api.view_list() is 'Saved views of the viewer, by name.';
grant execute on function api.view_list() to crm_officer;
