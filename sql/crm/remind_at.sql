-- SPDX-License-Identifier: ISC

create function crm.remind_at(in_status text, holder uuid, category text,
    due timestamptz)
returns timestamptz
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
	-- A date that was approved has no target: a day before is soon enough.
	return crm.clock_add(due, -coalesce((crm.target_find(in_status, holder,
	    category)).remind_seconds, 86400));
end
$$;
comment on function crm.remind_at(text, uuid, text, timestamptz) is
    'When the unit is reminded of that deadline.';
