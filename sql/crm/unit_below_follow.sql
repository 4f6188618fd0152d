-- SPDX-License-Identifier: ISC

create function crm.unit_below_follow() returns trigger
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
	with recursive below (unit_id, id) as (
		select u.id, u.id from crm.unit u
		union
		select b.unit_id, u.id from below b
		join crm.unit u on u.parent_id = b.id
	), fresh as (
		select b.unit_id, array_agg(b.id order by b.id) as unit_ids
		from below b group by b.unit_id
	)
	insert into crm.unit_below as kept (unit_id, unit_ids)
	select f.unit_id, f.unit_ids from fresh f
	on conflict (unit_id) do update set unit_ids = excluded.unit_ids
	where kept.unit_ids <> excluded.unit_ids;
	return null;
end
$$;
comment on function crm.unit_below_follow() is
    'Trigger on crm.unit: keeps crm.unit_below.';
