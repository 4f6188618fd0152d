-- SPDX-License-Identifier: ISC

create function crm.step_hand_over(event uuid, at timestamptz, kind text,
    was crm.report, body jsonb)
returns crm.report
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_variable
declare
	unit constant uuid := crm.step_unit(body, was.unit_id);
begin
	if kind = 'disposition'
	    and not crm.unit_is_below(unit, was.unit_id) then
		perform crm.step_refuse('unit', 'not_below');
	end if;
	update crm.hand_over h set ended_at = at
	where h.report_id = was.id and h.ended_at is null;
	insert into crm.hand_over (report_id, kind, from_unit_id, to_unit_id,
	    from_status, category_code, kelurahan_code, at, event_id)
	values (was.id, kind, was.unit_id, unit, was.status,
	    was.category_code, was.kelurahan_code, at, event);
	return crm.step_move(was, unit);
end
$$;
comment on function crm.step_hand_over(uuid, timestamptz, text, crm.report,
    jsonb) is
    'From the unit that holds the report to another one; the one before stops to hold the clock.';
grant execute on function crm.step_hand_over(uuid, timestamptz, text,
    crm.report, jsonb) to crm_officer;
