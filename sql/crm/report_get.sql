-- SPDX-License-Identifier: ISC

create function crm.report_get(report uuid, received timestamptz)
returns setof api.report_row
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
begin
	if crm.viewer_channel() is not null then
		return query select r.* from crm.report_told r
		where r.id = report and r.received_at = received;
	else
		return query select r.* from crm.report_shown r
		where r.id = report and r.received_at = received;
	end if;
end
$$;
comment on function crm.report_get(uuid, timestamptz) is
    'One report as the viewer may see it, or no row.';
grant execute on function crm.report_get(uuid, timestamptz)
    to crm_officer, crm_channel;
