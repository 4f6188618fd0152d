-- SPDX-License-Identifier: ISC

create function api.event_list(reference text, after_at timestamptz,
    after_id uuid, row_limit int)
returns setof api.event_row
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
declare
	report uuid;
begin
	select k.id into report from crm.report_find(reference) k;
	if not found then
		raise exception 'no such report' using errcode = 'CR404';
	end if;
	perform crm.audit_add('event_list', report);
	if crm.viewer_channel() is not null then
		return query
		select e.id, e.type, e.at, e.by_unit_id, e.by_unit_name, e.by_name,
		    e.by_own_unit, e.text, e.note, e.reason, e.from_status,
		    e.to_status, e.captured_at, e.lat, e.lng, e.distance_m,
		    e.photo_id, e.photo_width, e.photo_height, e.to_unit_id, e.to_unit_name,
		    e.officer_name, e.reason_code, e.until, e.stars, e.step, e.into_id,
		    e.into_ticket
		from crm.event_told e
		where e.report_id = report and (e.at, e.id)
		    < (coalesce(after_at, 'infinity'),
		    coalesce(after_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
		order by e.at desc, e.id desc
		limit row_limit + 1;
	else
		return query
		select e.id, e.type, e.at, e.by_unit_id, e.by_unit_name, e.by_name,
		    e.by_own_unit, e.text, e.note, e.reason, e.from_status,
		    e.to_status, e.captured_at, e.lat, e.lng, e.distance_m,
		    e.photo_id, e.photo_width, e.photo_height, e.to_unit_id, e.to_unit_name,
		    e.officer_name, e.reason_code, e.until, e.stars, e.step, e.into_id,
		    e.into_ticket
		from crm.event_shown e
		where e.report_id = report and (e.at, e.id)
		    < (coalesce(after_at, 'infinity'),
		    coalesce(after_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
		order by e.at desc, e.id desc
		limit row_limit + 1;
	end if;
end
$$;
comment on function api.event_list(text, timestamptz, uuid, int) is
    'Timeline of a report with its audit entry, newest first, one row more than asked when there is more. CR404 when the viewer may not see the report.';
grant execute on function api.event_list(text, timestamptz, uuid, int)
    to crm_officer, crm_channel;
