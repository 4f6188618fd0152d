-- SPDX-License-Identifier: ISC

create function crm.step_unmerge(was crm.report) returns crm.report
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
begin
	return crm.report_restore(was, (select e.version - 1 from crm.event e
	    where e.report_id = was.id and e.type = 'merge'
	    order by e.at desc limit 1));
end
$$;
comment on function crm.step_unmerge(crm.report) is
    'The report as it was before it was merged.';
grant execute on function crm.step_unmerge(crm.report) to crm_officer;
