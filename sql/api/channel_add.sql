-- SPDX-License-Identifier: ISC

create function api.channel_add(new_code text, new_name text,
    new_geotagged boolean, new_sandbox boolean, new_reads int, new_writes int)
returns table (code text, name text, id uuid, active boolean, sandbox boolean,
    geotagged boolean, reads_per_minute int, writes_per_minute int, keys int)
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
	channel uuid;
begin
	-- Sent again, it is answered as it is.
	select c.id into channel from crm.channel c
	where (c.name, c.title, c.is_geotagged, c.is_sandbox)
	    = (new_code, new_name, new_geotagged, new_sandbox)
	and c.reads_per_minute = coalesce(new_reads, c.reads_per_minute)
	and c.writes_per_minute = coalesce(new_writes, c.writes_per_minute);
	if not found then
		channel := crm.channel_add(new_code, new_name, new_geotagged,
		    new_sandbox);
		perform crm.channel_edit(channel, null, null, new_reads,
		    new_writes);
	end if;
	return query select r.* from crm.channel_rows(channel) r;
end
$$;
comment on function api.channel_add(text, text, boolean, boolean, int, int) is
    'Adds a channel; the same once more changes nothing. CR422 when the code is taken.';
grant execute
    on function api.channel_add(text, text, boolean, boolean, int, int)
    to crm_officer;
