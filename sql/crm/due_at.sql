-- SPDX-License-Identifier: ISC

create function crm.due_at(in_status text, holder uuid, category text,
    since timestamptz)
returns timestamptz
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
	return (select crm.clock_add(since, t.seconds)
	from crm.target t
	where t.status = in_status
	and t.category_code in ('any', category)
	and t.unit_kind in ('any',
	    (select u.kind from crm.unit u where u.id = holder))
	order by t.category_code = 'any', t.unit_kind = 'any'
	limit 1);
end
$$;
comment on function crm.due_at(text, uuid, text, timestamptz) is
    'Deadline of a status that begins then at that unit; null without a clock. The target of the category comes before that of the kind of unit.';
grant execute on function crm.due_at(text, uuid, text, timestamptz)
    to crm_officer, crm_channel;
