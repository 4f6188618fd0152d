-- SPDX-License-Identifier: ISC

create function crm.report_get(report uuid, received timestamptz)
returns setof api.report_row
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
declare
	shown api.report_row;
begin
	if crm.viewer_channel() is not null then
		select r.* into shown from crm.report_told r
		where r.id = report and r.received_at = received;
	else
		select r.* into shown from crm.report_shown r
		where r.id = report and r.received_at = received;
	end if;
	if not found then
		return;
	end if;
	select l.ids, l.tickets into shown.link_id, shown.link_ticket
	from crm.links_of(report, shown.description) l;
	shown.steps := crm.steps_of(crm.report_now(report, received));
	return next shown;
end
$$;
comment on function crm.report_get(uuid, timestamptz) is
    'One report as the viewer may see it, with links and steps, or no row.';
grant execute on function crm.report_get(uuid, timestamptz)
    to crm_officer, crm_channel;
