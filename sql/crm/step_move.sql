-- SPDX-License-Identifier: ISC

create function crm.step_move(after crm.report, unit uuid)
returns crm.report
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
	after.unit_id := unit;
	if unit <> all (after.unit_ids) then
		after.unit_ids := after.unit_ids || unit;
	end if;
	after.officer_id := null;
	-- The date that the one before wished for is not its own.
	after.schedule_until := null;
	after.schedule_account_id := null;
	return after;
end
$$;
comment on function crm.step_move(crm.report, uuid) is
    'The report at another unit; those that held it still see it.';
grant execute on function crm.step_move(crm.report, uuid)
    to crm_officer, crm_channel;
