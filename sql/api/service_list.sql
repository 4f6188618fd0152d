-- SPDX-License-Identifier: ISC

create function api.service_list()
returns table (service_code text, service_name text, description text,
    metadata boolean, type text, keywords text, family text)
language sql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select c.code, c.name, c.name,
	    exists (select from crm.service_attribute a
		where a.category_code = c.code),
	    'realtime', replace(c.code, '_', ', '), c.family
	from crm.category c
	where c.is_active order by c.name
$$;
comment on function api.service_list() is
    'Categories as services of Open311, each with whether it asks for more.';
grant execute on function api.service_list() to crm_public;
