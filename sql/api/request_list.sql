-- What is asked decides which index serves best, so that this is planned for
-- the values it gets; parameters that are null are then no longer there. Names
-- are looked up for the rows of the page, not for those before it.
--
-- SPDX-License-Identifier: ISC

create function api.request_list(ids uuid[], codes text[], is_open boolean,
    received_from timestamptz, received_to timestamptz,
    updated_from timestamptz, updated_to timestamptz, near_lat float8,
    near_lng float8, radius_m float8, row_offset int, row_limit int,
    has_extensions boolean)
returns table (service_request_id uuid, status text, status_notes text,
    service_name text, service_code text, description text,
    agency_responsible text, service_notice text,
    requested_datetime timestamptz, updated_datetime timestamptz,
    expected_datetime timestamptz, address text, address_id text,
    zipcode text, lat float8, lng float8, photo_id uuid,
    visibility text, work_status text, work_kelurahan text)
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_custom_plan
set join_collapse_limit = 1
as $$
#variable_conflict use_variable
declare
	received record;
	updated record;
	-- A degree of latitude, and one of longitude at Jakarta, at least.
	lat_span constant float8 := radius_m / 110000;
	lng_span constant float8 := radius_m / 109000;
begin
	select s.* into received from crm.public_span(received_from,
	    received_to, ids is null and updated_from is null
	    and updated_to is null, 'start_date') s;
	select s.* into updated from crm.public_span(updated_from, updated_to,
	    false, 'updated_after') s;
	return query
	select p.report_id, case when p.is_open then 'open' else 'closed' end,
	    coalesce(p.notes, r.name_id), c.name, p.category_code,
	    p.description, u.name, null::text, date_trunc('second', p.received_at),
	    date_trunc('second', p.updated_at),
	    date_trunc('second', p.due_at),
	    k.name || ', ' || m.name || ', ' || t.name, null::text, null::text, p.lat, p.lng,
	    (select f.id from crm.photo f
		where f.report_id = p.report_id and f.kind = 'report'
		and not f.is_sealed order by f.place limit 1),
	    p.visibility, case when has_extensions then p.status end,
	    case when has_extensions then p.kelurahan_code end
	from (
	select p.*
	from crm.public_report p
	where (ids is null or p.report_id = any (ids))
	and (codes is null or p.category_code = any (codes))
	and (is_open is null or p.is_open = is_open)
	and (received.since is null
	    or (p.received_at >= received.since
	    and p.received_at < received.before))
	and (updated.since is null
	    or (p.updated_at >= updated.since
	    and p.updated_at < updated.before))
	and (radius_m is null
	    or (p.lat between near_lat - lat_span and near_lat + lat_span
	    and p.lng between near_lng - lng_span and near_lng + lng_span
	    and crm.distance_m(p.lat, p.lng, near_lat, near_lng) <= radius_m))
	order by p.received_at desc, p.report_id desc
	limit row_limit offset row_offset
	) p
	left join crm.category c on c.code = p.category_code
	left join crm.unit u on u.id = p.unit_id
	left join crm.area k on k.code = p.kelurahan_code
	left join crm.area m on m.code = k.parent_code
	left join crm.area t on t.code = m.parent_code
	left join crm.reason r on r.code = p.reason_code
	order by p.received_at desc, p.report_id desc;
end
$$;
comment on function api.request_list(uuid[], text[], boolean, timestamptz,
    timestamptz, timestamptz, timestamptz, float8, float8, float8, int, int,
    boolean) is
    'Public reports as service requests of Open311, newest first. Times are whole seconds, as old clients read no others. CR422 for more than 90 days.';
grant execute on function api.request_list(uuid[], text[], boolean,
    timestamptz, timestamptz, timestamptz, timestamptz, float8, float8,
    float8, int, int, boolean) to crm_public;
