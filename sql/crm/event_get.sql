-- SPDX-License-Identifier: ISC

create function crm.event_get(event uuid, report uuid)
returns api.event_row
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
declare
	shown api.event_row;
begin
	if crm.viewer_channel() is not null then
		select e.id, e.type, e.at, e.by_unit_id, e.by_unit_name,
		    e.by_name, e.by_own_unit, e.text, e.note, e.reason,
		    e.from_status, e.to_status, e.captured_at, e.lat, e.lng,
		    e.distance_m, e.photo_id, e.photo_width, e.photo_height,
		    e.to_unit_id, e.to_unit_name, e.officer_name, e.reason_code,
		    e.until, e.stars, e.step, e.into_id, e.into_ticket
		into shown
		from crm.event_told e
		where e.report_id = report and e.id = event;
	else
		select e.id, e.type, e.at, e.by_unit_id, e.by_unit_name,
		    e.by_name, e.by_own_unit, e.text, e.note, e.reason,
		    e.from_status, e.to_status, e.captured_at, e.lat, e.lng,
		    e.distance_m, e.photo_id, e.photo_width, e.photo_height,
		    e.to_unit_id, e.to_unit_name, e.officer_name, e.reason_code,
		    e.until, e.stars, e.step, e.into_id, e.into_ticket
		into shown
		from crm.event_shown e
		where e.report_id = report and e.id = event;
	end if;
	return shown;
end
$$;
comment on function crm.event_get(uuid, uuid) is
    'An event as the viewer may see it.';
grant execute on function crm.event_get(uuid, uuid)
    to crm_officer, crm_channel;
