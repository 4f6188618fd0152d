-- SPDX-License-Identifier: ISC

create function api.channel_edit(channel uuid, new_name text,
    new_active boolean, new_reads int, new_writes int)
returns table (code text, name text, id uuid, active boolean, sandbox boolean,
    geotagged boolean, reads_per_minute int, writes_per_minute int, keys int)
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
	perform crm.channel_edit(channel, new_name, new_active, new_reads,
	    new_writes);
	return query select r.* from crm.channel_rows(channel) r;
end
$$;
comment on function api.channel_edit(uuid, text, boolean, int, int) is
    'Changes what is not null of a channel. CR404 for an unknown one.';
grant execute on function api.channel_edit(uuid, text, boolean, int, int)
    to crm_officer;
