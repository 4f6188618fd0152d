-- SPDX-License-Identifier: ISC

create function api.channel_list()
returns table (code text, name text)
language sql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select c.name, c.title from crm.channel c
	where c.is_active and c.name <> 'jaki' order by c.title
$$;
comment on function api.channel_list() is
    'Channels whose reports a desk officer keys in.';
grant execute on function api.channel_list() to crm_officer;
