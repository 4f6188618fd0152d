-- SPDX-License-Identifier: ISC

create function crm.steps_of(report crm.report) returns text[]
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
declare
	shut constant text[] := crm.steps_shut(report);
begin
	return array(
		select r.type
		from crm.event_rule r
		where r.role = crm.viewer_role()
		and r.from_status = report.status
		and r.type <> all (shut)
		and crm.viewer_is(r.who, report)
		order by r.type);
end
$$;
comment on function crm.steps_of(crm.report) is
    'The steps that the viewer may take now.';
grant execute on function crm.steps_of(crm.report)
    to crm_officer, crm_channel;
