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
	after.version := was.version + 1;
	after.changed_at := at;
	after.status := rule.to_status;
	if rule.clock = 'start' then
		after.due_at := crm.due_at(after.status, after.unit_id,
		    after.category_code, at);
	elsif rule.clock = 'stop' then
		after.due_at := null;
	end if;
	return after;
end
$$;
comment on function crm.step_do(uuid, timestamptz, crm.event_rule, crm.report,
    jsonb) is
    'The report after a step; what else the step makes is made here.';
grant execute on function crm.step_do(uuid, timestamptz, crm.event_rule,
    crm.report, jsonb) to crm_officer, crm_channel;
