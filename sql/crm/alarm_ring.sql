-- SPDX-License-Identifier: ISC

create function crm.alarm_ring(alarm crm.alarm, report crm.report)
returns void
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
	at constant timestamptz := crm.now();
	event constant uuid := gen_random_uuid();
	unit uuid := crm.clock_unit(report.status, report.unit_id);
	type constant text := case when alarm.stage in ('remind', 'ask')
	    then 'remind' else 'escalate' end;
begin
	if alarm.stage = 'remind' and report.due_at <= at then
		-- Nobody rang in time: the deadline itself comes next.
		return;
	end if;
	if alarm.stage = 'again' then
		select u.parent_id into unit from crm.unit u where u.id = unit;
	end if;
	if unit is null then
		return;
	end if;
	insert into crm.event (id, at, report_id, type, version, from_status,
	    to_status, to_unit_id)
	values (event, at, report.id, type, report.version, report.status,
	    report.status, unit);
	if type = 'remind' then
		perform crm.notice_tell(report.id, event, at, type, 'unit', unit);
		perform crm.notice_tell(report.id, event, at, type, 'account',
		    a.id)
		from crm.account a
		where a.id = report.officer_id and a.unit_id <> unit
		and unit = report.unit_id;
	else
		perform crm.notice_tell(report.id, event, at, type,
		    'supervisor', unit);
		-- Supervisors of these do not see the reports, the roles do.
		perform crm.notice_tell(report.id, event, at, type, u.duty,
		    null)
		from (values ('incoming', 'triage'),
		    ('awaiting_validation', 'validator')) u (status, duty)
		where u.status = report.status and alarm.stage = 'escalate';
	end if;
end
$$;
comment on function crm.alarm_ring(crm.alarm, crm.report) is
    'Writes what rings into the timeline and tells the unit whose clock it is, its supervisor or the one above. Changes nothing of the report.';
