-- SPDX-License-Identifier: ISC

create function crm.step_assign(after crm.report, body jsonb)
returns crm.report
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	officer constant uuid := crm.id_read(body ->> 'officer');
begin
	if not exists (select from crm.account a
	    where a.id = officer and a.unit_id = after.unit_id
	    and a.role = 'officer' and a.is_active) then
		perform crm.step_refuse('officer', 'unknown');
	end if;
	after.officer_id := officer;
	return after;
end
$$;
comment on function crm.step_assign(crm.report, jsonb) is
    'Given to an officer of the unit that holds it.';
grant execute on function crm.step_assign(crm.report, jsonb) to crm_officer;
