-- SPDX-License-Identifier: ISC

create function crm.target_find(in_status text, holder uuid, category text)
returns crm.target
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	found_row crm.target;
begin
	select t.* into found_row from crm.target t
	where t.status = in_status
	and t.category_code in ('any', category)
	and t.unit_kind in ('any',
	    (select u.kind from crm.unit u where u.id = holder))
	order by t.category_code = 'any', t.unit_kind = 'any'
	limit 1;
	return found_row;
end
$$;
comment on function crm.target_find(text, uuid, text) is
    'The target of a status at a unit: that of the category comes before that of the kind of unit; null without one.';
grant execute on function crm.target_find(text, uuid, text)
    to crm_officer, crm_channel;
