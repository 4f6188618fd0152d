-- SPDX-License-Identifier: ISC

create function crm.step_clock(clock text, was crm.report, after crm.report,
    at timestamptz)
returns crm.report
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	remains constant bigint := crm.clock_between(at, was.due_at);
begin
	case clock
	when 'start' then
		after.left_seconds := case when after.status = 'awaiting_validation'
		    then coalesce(remains, was.left_seconds) end;
		after.due_at := crm.due_at(after.status, after.unit_id,
		    after.category_code, at);
	when 'stop' then
		after.due_at := null;
	when 'pause' then
		-- A deadline that has passed is not put off by a question.
		if remains > 0 then
			after.left_seconds := remains;
			after.due_at := null;
		end if;
	when 'resume', 'kept' then
		if was.due_at is null and was.left_seconds is not null then
			after.due_at := crm.clock_add(at,
			    greatest(was.left_seconds, 0));
		elsif clock = 'kept' then
			after.due_at := crm.due_at(after.status, after.unit_id,
			    after.category_code, at);
		end if;
		after.left_seconds := null;
	when 'until' then
		after.due_at := after.schedule_until;
		after.left_seconds := null;
	else
		null;
	end case;
	return after;
end
$$;
comment on function crm.step_clock(text, crm.report, crm.report, timestamptz) is
    'The report with its deadline after a step, as crm.event_rule.clock says.';
grant execute on function crm.step_clock(text, crm.report, crm.report,
    timestamptz) to crm_officer, crm_channel;
