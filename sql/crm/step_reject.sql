-- SPDX-License-Identifier: ISC

create function crm.step_reject(after crm.report, body jsonb)
returns crm.report
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
	if not exists (select from crm.reason r
	    where r.code = body ->> 'reason' and r.is_choosable) then
		perform crm.step_refuse('reason', 'unknown');
	end if;
	after.reason_code := body ->> 'reason';
	after.held_for := '{}';
	return after;
end
$$;
comment on function crm.step_reject(crm.report, jsonb) is
    'Rejected for a reason that the reporter is told.';
grant execute on function crm.step_reject(crm.report, jsonb) to crm_officer;
