-- SPDX-License-Identifier: ISC

create function crm.step_tidy(after crm.report) returns crm.report
language plpgsql immutable security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
	if after.status not in ('waiting', 'coordination', 'disposition',
	    'in_progress', 'scheduled', 'followup_rejected') then
		after.asked_at := null;
	end if;
	if after.status not in ('in_progress', 'scheduled') then
		after.schedule_until := null;
		after.schedule_account_id := null;
	end if;
	if after.status <> 'completed' then
		after.completed_at := null;
		after.second_open := false;
	end if;
	if after.status <> 'merged' then
		after.main_id := null;
	end if;
	if after.status <> 'rejected' then
		after.reason_code := null;
	end if;
	return after;
end
$$;
comment on function crm.step_tidy(crm.report) is
    'The report without what belongs to statuses it has left: question, wished date, completion, main report, reason.';
grant execute on function crm.step_tidy(crm.report)
    to crm_officer, crm_channel;
