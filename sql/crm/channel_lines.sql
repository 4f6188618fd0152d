-- SPDX-License-Identifier: ISC

create function crm.channel_lines()
returns table (name text, state text, kind text, reads text, writes text,
    keys text, title text)
language sql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select 'name', 'state', 'kind', 'reads', 'writes', 'keys', 'title'
	union all
	(select c.name,
	    case when c.is_active then 'active' else 'suspended' end,
	    case when c.is_sandbox then 'sandbox' else 'real' end,
	    c.reads_per_minute::text, c.writes_per_minute::text,
	    coalesce((select string_agg(k.name, ' ' order by k.name) from (
		select k.kid as name from crm.channel_key k
		where k.channel_id = c.id and k.retired_at is null
		union all
		select 'apikey:' || k.name from crm.channel_api_key k
		where k.channel_id = c.id and k.retired_at is null) k), '-'),
	    c.title
	from crm.channel c order by c.name)
$$;
comment on function crm.channel_lines() is
    'All channels as the command line prints them, under a line of names.';
