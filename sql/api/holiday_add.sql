-- SPDX-License-Identifier: ISC

create function api.holiday_add(new_day date, new_name text,
    new_kind text)
returns table (id uuid, day date, name text, kind text)
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
	new_id constant uuid := gen_random_uuid();
begin
	insert into crm.holiday (id, day, name, kind)
	values (new_id, new_day, new_name, new_kind)
	on conflict (day) do nothing;
	if found then
		perform crm.audit_add('holiday_add', null, new_id);
	end if;
	return query
	select h.id, h.day, h.name, h.kind from crm.holiday h
	where h.day = new_day and h.name = new_name
	and h.kind = new_kind;
	if not found then
		raise exception 'the day is another holiday already'
		    using errcode = 'CR422', column = '/day',
		    constraint = 'duplicate';
	end if;
end
$$;
comment on function api.holiday_add(date, text, text) is
    'Adds a day off; deadlines that are set stay. The same once more changes nothing. CR422 when the day is another one already.';
grant execute on function api.holiday_add(date, text, text) to crm_officer;
