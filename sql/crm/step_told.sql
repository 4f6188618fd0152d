-- SPDX-License-Identifier: ISC

create function crm.step_told(after crm.report, type text, body jsonb)
returns crm.report
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
	case type
	when 'appeal' then
		after := crm.step_appeal(after);
	when 'answer' then
		after.asked_at := null;
	when 'rate' then
		after.stars := (body ->> 'stars')::numeric;
	when 'reopen' then
		after.reopened := after.reopened + 1;
	when 'me_too' then
		after.me_too := after.me_too + 1;
	when 'make_private' then
		after.visibility := 'private';
	when 'make_public' then
		after.visibility := 'public';
	when 'withdraw' then
		after.reason_code := 'withdrawn';
	when 'erase' then
		-- What was rejected before keeps its reason.
		after.reason_code := coalesce(after.reason_code, 'withdrawn');
	else
		null;
	end case;
	return after;
end
$$;
comment on function crm.step_told(crm.report, text, jsonb) is
    'The report after a step of its channel.';
grant execute on function crm.step_told(crm.report, text, jsonb) to crm_channel;
