-- SPDX-License-Identifier: ISC

create function api.channel_list()
returns table (code text, name text, id uuid, active boolean, sandbox boolean,
    geotagged boolean, reads_per_minute int, writes_per_minute int, keys int)
language sql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select r.* from crm.channel_rows() r
	where crm.viewer_role() = 'admin' or (r.active
	and r.code not in ('jaki', 'open311')
	and r.sandbox = crm.viewer_in_sandbox())
	order by r.name
$$;
comment on function api.channel_list() is
    'All channels for an admin; for triage those whose reports a desk officer keys in.';
grant execute on function api.channel_list() to crm_officer;
