-- SPDX-License-Identifier: ISC

create function crm.step_schedule(after crm.report, at timestamptz, body jsonb)
returns crm.report
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	wish constant timestamptz := body ->> 'until';
begin
	if wish not between at + interval '1 day' and at + interval '365 days' then
		perform crm.step_refuse('until', 'range');
	end if;
	after.schedule_until := coalesce(wish, after.schedule_until);
	-- A wish that waited too long for its approval.
	if after.schedule_until <= at then
		perform crm.step_refuse('until', 'range');
	end if;
	return after;
end
$$;
comment on function crm.step_schedule(crm.report, timestamptz, jsonb) is
    'With the date that is wished for or approved: a day to a year ahead.';
grant execute on function crm.step_schedule(crm.report, timestamptz, jsonb)
    to crm_officer;
