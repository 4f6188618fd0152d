-- SPDX-License-Identifier: ISC

create function crm.due_at(in_status text, holder uuid, since timestamptz)
returns timestamptz
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
	return (select since + make_interval(secs => t.seconds)
	from crm.target t
	where t.status = in_status and t.unit_kind in ('any',
	    (select u.kind from crm.unit u where u.id = holder))
	order by t.unit_kind = 'any'
	limit 1);
end
$$;
comment on function crm.due_at(text, uuid, timestamptz) is
    'Deadline of a status that begins now at that unit; null without a clock.';
grant execute on function crm.due_at(text, uuid, timestamptz)
    to crm_officer, crm_channel;
