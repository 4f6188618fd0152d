-- SPDX-License-Identifier: ISC

create function api.unit_list()
returns table (id uuid, name text, kind text, parent_id uuid)
language sql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select u.id, u.name, u.kind, u.parent_id from crm.unit u
	where u.is_active
	and (u.id = crm.sandbox()) = crm.viewer_in_sandbox()
	order by u.name
$$;
comment on function api.unit_list() is 'The agency tree; of the sandbox only itself.';
grant execute on function api.unit_list() to crm_officer;
