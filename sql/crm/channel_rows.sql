-- SPDX-License-Identifier: ISC

create function crm.channel_rows(one uuid default null)
returns table (code text, name text, id uuid, active boolean, sandbox boolean,
    geotagged boolean, reads_per_minute int, writes_per_minute int, keys int)
language sql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select c.name, c.title, c.id, c.is_active, c.is_sandbox,
	    c.is_geotagged, c.reads_per_minute, c.writes_per_minute,
	    (select count(*)::int from crm.channel_key k
	    where k.channel_id = c.id and k.retired_at is null)
	from crm.channel c where one is null or c.id = one
$$;
comment on function crm.channel_rows(uuid) is
    'Channels as the API tells of them, all or one; what only admins are told is for the API to leave out.';
grant execute on function crm.channel_rows(uuid) to crm_officer;
