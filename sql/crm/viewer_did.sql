-- SPDX-License-Identifier: ISC

create function crm.viewer_did(report uuid) returns boolean
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
begin
	return exists (
		select from crm.event e
		join crm.event_internal i on i.event_id = e.id
		where e.report_id = report and e.type = 'follow_up'
		and (i.by_account_id = crm.viewer_account()
		or e.by_unit_id = crm.viewer_unit()
		and not crm.viewer_in_sandbox()));
end
$$;
comment on function crm.viewer_did(uuid) is
    'Whether the viewer or someone of the same unit followed this report up; in the sandbox, which is one unit, the viewer alone.';
grant execute on function crm.viewer_did(uuid) to crm_officer;
