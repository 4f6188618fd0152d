-- SPDX-License-Identifier: ISC

create function crm.step_do(event uuid, at timestamptz, rule crm.event_rule,
    was crm.report, body jsonb)
returns crm.report
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	after crm.report := was;
begin
	if rule.to_status <> 'before' then
		after.status := rule.to_status;
	end if;
	if rule.can_undo then
		perform crm.report_keep(was);
	end if;
	if rule.role = 'channel' then
		after := crm.step_told(after, rule.type, body);
	else
		after := crm.step_work(event, at, rule, was, after, body);
	end if;
	after := crm.step_clock(rule.clock, was, after, at);
	after := crm.step_tidy(after);
	after.version := was.version + 1;
	after.changed_at := at;
	return after;
end
$$;
comment on function crm.step_do(uuid, timestamptz, crm.event_rule, crm.report,
    jsonb) is
    'The report after a step; what else the step makes is made here.';
grant execute on function crm.step_do(uuid, timestamptz, crm.event_rule,
    crm.report, jsonb) to crm_officer, crm_channel;
