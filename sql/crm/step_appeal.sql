-- SPDX-License-Identifier: ISC

create function crm.step_appeal(after crm.report) returns crm.report
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
	after := crm.step_move(after, (select u.id from crm.unit u
	    where case when after.unit_id = crm.sandbox()
		then u.id = crm.sandbox() else u.duty = 'triage' end));
	after.held_for := '{appeal}';
	after.reason_code := null;
	return after;
end
$$;
comment on function crm.step_appeal(crm.report) is
    'Back to triage, held for the reporter''s appeal.';
grant execute on function crm.step_appeal(crm.report) to crm_channel;
