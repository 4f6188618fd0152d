-- SPDX-License-Identifier: ISC

create function crm.step_work(event uuid, at timestamptz, rule crm.event_rule,
    was crm.report, after crm.report, body jsonb)
returns crm.report
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
	case rule.type
	when 'route' then
		after := crm.step_route(at, after, body);
	when 'reject' then
		after := crm.step_reject(after, body);
	when 'merge' then
		after := crm.step_merge(after, body);
	when 'unmerge' then
		after := crm.step_unmerge(was);
	when 'split' then
		perform crm.step_split(event, at, was, body);
	when 'take' then
		after.officer_id := crm.viewer_account();
	when 'hand_over', 'dispose' then
		after := crm.step_hand_over(event, at, rule.to_status, was, body);
		after.status := rule.to_status;
	when 'return' then
		after := crm.step_return(at, was);
	when 'assign' then
		after := crm.step_assign(after, body);
	when 'schedule' then
		after := crm.step_schedule(after, at, body);
		after.schedule_account_id := crm.viewer_account();
	when 'approve_schedule' then
		after := crm.step_schedule(after, at, body);
	when 'refuse_schedule' then
		after.schedule_until := null;
		after.schedule_account_id := null;
	when 'ask' then
		after.asked_at := at;
	when 'accept_work' then
		after.completed_at := at;
		after.second_open := after.unit_id <> crm.sandbox()
		    and crm.second_draw(event);
	when 'second_accept' then
		after.second_open := false;
	when 'undo' then
		after := crm.step_undo(was);
	else
		null;
	end case;
	return after;
end
$$;
comment on function crm.step_work(uuid, timestamptz, crm.event_rule,
    crm.report, crm.report, jsonb) is
    'The report after a step of an officer, and what else the step makes.';
grant execute on function crm.step_work(uuid, timestamptz, crm.event_rule,
    crm.report, crm.report, jsonb) to crm_officer;
