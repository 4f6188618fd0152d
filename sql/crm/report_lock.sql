-- SPDX-License-Identifier: ISC

create function crm.report_lock(report uuid, received timestamptz)
returns crm.report
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
begin
	perform from crm.report r
	where r.id = report and r.received_at = received for update;
	return crm.report_now(report, received);
end
$$;
comment on function crm.report_lock(uuid, timestamptz) is
    'The report, held until the end of the transaction; null when there is none.';
grant execute on function crm.report_lock(uuid, timestamptz)
    to crm_officer, crm_channel;
