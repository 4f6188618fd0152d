-- SPDX-License-Identifier: ISC

create function crm.step_return(at timestamptz, was crm.report)
returns crm.report
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_variable
declare
	sent crm.hand_over;
	after crm.report := was;
begin
	update crm.hand_over h set ended_at = at, returned = true
	where h.report_id = was.id and h.ended_at is null
	and h.to_unit_id = was.unit_id
	returning h.* into sent;
	if found then
		-- Whoever sent it to the sender is the next to get it back.
		update crm.hand_over h set ended_at = null
		where h.report_id = was.id and h.to_unit_id = sent.from_unit_id
		and h.ended_at = sent.at and not h.returned;
		-- A date that was approved there no longer holds.
		after.status := case sent.from_status when 'scheduled'
		    then 'in_progress' else sent.from_status end;
		after := crm.step_move(after, sent.from_unit_id);
	else
		after.status := 'incoming';
		after := crm.step_move(after, (select u.id from crm.unit u
		    where case when crm.viewer_in_sandbox()
			then u.id = crm.sandbox() else u.duty = 'triage' end));
	end if;
	after.returns := was.returns + 1;
	return after;
end
$$;
comment on function crm.step_return(timestamptz, crm.report) is
    'Back to the unit that handed it over and to the status there; to triage when no unit did.';
grant execute on function crm.step_return(timestamptz, crm.report)
    to crm_officer;
