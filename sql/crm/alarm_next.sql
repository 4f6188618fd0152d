-- SPDX-License-Identifier: ISC

create function crm.alarm_next(alarm crm.alarm, report crm.report)
returns void
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
	if alarm.stage = 'remind' then
		update crm.alarm a set stage = 'escalate', at = report.due_at
		where a.report_id = alarm.report_id;
	elsif alarm.stage = 'escalate' then
		update crm.alarm a set stage = 'again',
		    at = crm.clock_add(report.due_at, 86400)
		where a.report_id = alarm.report_id;
	else
		delete from crm.alarm a where a.report_id = alarm.report_id;
	end if;
end
$$;
comment on function crm.alarm_next(crm.alarm, crm.report) is
    'What rings after an alarm: the deadline, a counted day after it, or nothing.';
