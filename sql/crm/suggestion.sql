-- SPDX-License-Identifier: ISC

create function crm.suggestion(category text, kelurahan text, holder uuid)
returns table (unit_id uuid, level text, count int, total int)
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
	own constant crm.unit := (select u from crm.unit u where u.id = holder);
	is_agency constant boolean := own.kind in ('dinas', 'badan', 'satpol');
begin
	return query
	with offered as (
		-- An agency's own office in the kota, and whom it chose below it.
		select r.unit_id, r.level, r.count, r.total, 0 as step, r.place
		from crm.choice_rank('dispose', category, kelurahan)
		    with ordinality r (unit_id, level, count, total, place)
		join crm.unit u on u.id = r.unit_id
		where is_agency and u.parent_id = holder
		and (u.area_code is null or u.area_code = left(kelurahan, 5))
		union all
		select u.id, 'below', 0, 0, 1, 0 from crm.unit u
		where is_agency and u.parent_id = holder
		and u.area_code = left(kelurahan, 5)
		union all
		select r.unit_id, r.level, r.count, r.total, 2, r.place
		from crm.choice_rank('hand_over', category, kelurahan)
		    with ordinality r (unit_id, level, count, total, place)
		union all
		select u.id, 'usual', 0, 0, 3, 0
		from crm.category_unit c join crm.unit u on case
		    when c.unit_id is null then u.kind = 'kelurahan'
			and u.area_code = kelurahan
		    else u.id = c.unit_id end
		where c.category_code = category
	), once as (
		select distinct on (o.unit_id) o.*
		from offered o join crm.unit u on u.id = o.unit_id
		where o.unit_id is distinct from holder and u.is_active
		and u.duty is null and u.kind <> 'province'
		and not crm.viewer_in_sandbox()
		order by o.unit_id, o.step, o.place
	)
	select o.unit_id, o.level, o.count, o.total from once o
	order by o.step, o.place, o.unit_id limit 5;
end
$$;
comment on function crm.suggestion(text, text, uuid) is
    'Up to five units to hand a report of this category and place to, best first: what was chosen before near there, then the usual agency; for an agency its own office in the kota first.';
grant execute on function crm.suggestion(text, text, uuid) to crm_officer;
