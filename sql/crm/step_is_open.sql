-- SPDX-License-Identifier: ISC

create function crm.step_is_open(step text, report crm.report) returns boolean
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
begin
	return case step
	    when 'answer' then report.asked_at is not null
	    when 'appeal' then report.reason_code is distinct from 'withdrawn'
	    when 'reopen' then
		report.completed_at >= crm.now() - interval '30 days'
	    when 'approve_schedule' then report.schedule_until is not null
	    when 'refuse_schedule' then report.schedule_until is not null
	    when 'undo' then exists (
		select from crm.event e
		join crm.event_rule r on r.type = e.type and r.role = crm.viewer_role()
		    and r.from_status = e.from_status
		where e.report_id = report.id and e.version = report.version
		and e.by_unit_id is not null
		and e.at >= crm.now() - interval '15 seconds' and r.can_undo)
	    else true end;
end
$$;
comment on function crm.step_is_open(text, crm.report) is
    'Whether a step that the status allows is possible now: a question is open, a date is wished for, it is not too late. Ten seconds are given to undo, and five to arrive.';
grant execute on function crm.step_is_open(text, crm.report)
    to crm_officer, crm_channel;
