-- SPDX-License-Identifier: ISC

create function api.category_list()
returns table (code text, name text)
language sql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select c.code, c.name from crm.category c
	where c.is_active order by c.name
$$;
comment on function api.category_list() is 'Categories that may be chosen.';
grant execute on function api.category_list() to crm_officer, crm_channel;
