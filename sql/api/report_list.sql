-- The reports of a page are looked up one by one (hence limit 1): the planner
-- counts every month for each, though one is read, and would rather read all.
-- The months between the oldest and the newest of the page are known before
-- that, so that the others are not even opened.
--
-- SPDX-License-Identifier: ISC

create function api.report_list(statuses text[], category text, unit uuid,
    kelurahan text, is_overdue boolean, visible text, q text, bbox float8[],
    sort text, after_key text, after_id uuid, row_limit int)
returns table (id uuid, ticket text, visibility text, status text, version int,
    category_code text, category_name text, description text, lat float8,
    lng float8, accuracy_m float8, address text, kelurahan_code text,
    kelurahan_name text, unit_id uuid, unit_name text, received_at timestamptz,
    occurred_at timestamptz, due_at timestamptz, overdue boolean,
    photo_id uuid[], photo_width int[], photo_height int[], sort_key text)
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
as $$
#variable_conflict use_column
declare
	wanted constant crm.inbox_filter := row(
	    coalesce(statuses, crm.status_list()), category, unit, kelurahan,
	    is_overdue, visible, bbox,
	    case when is_overdue is not null then crm.now() end);
	ids uuid[];
	times timestamptz[];
	keys timestamptz[];
	places bigint[];
	oldest timestamptz;
	newest timestamptz;
begin
	if q is not null then
		perform crm.audit_add('report_search', null);
	end if;
	select array_agg(p.report_id), array_agg(p.received_at),
	    array_agg(p.sort_key), array_agg(p.place), min(p.received_at),
	    max(p.received_at)
	into ids, times, keys, places, oldest, newest
	from crm.inbox_page(wanted, q, sort, after_key::timestamptz, after_id,
	    row_limit + 1) p;
	return query
	select r.id, r.ticket, r.visibility, r.status, r.version,
	    r.category_code, r.category_name, r.description, r.lat, r.lng,
	    r.accuracy_m, r.address, r.kelurahan_code, r.kelurahan_name,
	    r.unit_id, r.unit_name, r.received_at, r.occurred_at, r.due_at,
	    r.overdue, r.photo_id, r.photo_width, r.photo_height,
	    p.sort_key::text
	from unnest(ids, times, keys, places)
	    p (report_id, received_at, sort_key, place)
	cross join lateral (
		select s.* from crm.report_shown s
		where s.id = p.report_id and s.received_at = p.received_at
		and s.received_at between oldest and newest
		limit 1
	) r
	order by p.place;
end
$$;
comment on function api.report_list(text[], text, uuid, text, boolean, text,
    text, float8[], text, text, uuid, int) is
    'A page of the reports the viewer may see, one row more than asked when there is more. sort_key and id of the last row ask for the next page.';
grant execute on function api.report_list(text[], text, uuid, text, boolean,
    text, text, float8[], text, text, uuid, int) to crm_officer, crm_channel;
