-- SPDX-License-Identifier: ISC

create function crm.viewer_is(who text, report crm.report) returns boolean
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
declare
	unit constant uuid := crm.viewer_unit();
	account constant uuid := crm.viewer_account();
begin
	case who
	when 'holder' then
		return report.unit_id = unit;
	when 'agency' then
		return report.unit_id = unit and exists (
			select from crm.unit u where u.id = unit
			and u.kind in ('dinas', 'badan', 'satpol'));
	when 'checker' then
		return not crm.viewer_did(report.id);
	when 'second' then
		return report.second_open and not crm.viewer_did(report.id)
		    and unit is distinct from (
			select e.by_unit_id from crm.event e
			where e.report_id = report.id
			and e.type = 'accept_work'
			order by e.at desc limit 1);
	when 'above' then
		return report.unit_id = any (crm.viewer_units())
		    and report.schedule_account_id is distinct from account;
	when 'doer' then
		return exists (
			select from crm.event e
			join crm.event_internal i on i.event_id = e.id
			where e.report_id = report.id
			and e.version = report.version
			and i.by_account_id = account);
	else
		return true;
	end case;
end
$$;
comment on function crm.viewer_is(text, crm.report) is
    'Whether the viewer is to this report what crm.event_rule asks for. That the viewer sees it is known by then.';
grant execute on function crm.viewer_is(text, crm.report)
    to crm_officer, crm_channel;
