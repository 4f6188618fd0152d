-- SPDX-License-Identifier: ISC

create function crm.due_at(in_status text, holder uuid, category text,
    since timestamptz)
returns timestamptz
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
	return crm.clock_add(since,
	    (crm.target_find(in_status, holder, category)).seconds);
end
$$;
comment on function crm.due_at(text, uuid, text, timestamptz) is
    'Deadline of a status that begins then at that unit; null without a clock.';
grant execute on function crm.due_at(text, uuid, text, timestamptz)
    to crm_officer, crm_channel;
