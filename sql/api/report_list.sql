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
	page crm.inbox_found;
begin
	if q is not null then
		perform crm.audit_add('report_search', null);
	end if;
	page := crm.inbox_page(wanted, q, sort, after_key::timestamptz,
	    after_id, row_limit + 1);
	return query
	select r.id, r.ticket, r.visibility, r.status, r.version,
	    r.category_code, r.category_name, r.description, r.lat, r.lng,
	    r.accuracy_m, r.address, r.kelurahan_code, r.kelurahan_name,
	    r.unit_id, r.unit_name, r.received_at, r.occurred_at, r.due_at,
	    r.overdue, r.photo_id, r.photo_width, r.photo_height,
	    p.sort_key::text
	from unnest(page.report_ids, page.times, page.keys)
	    with ordinality p (report_id, received_at, sort_key, place)
	cross join lateral (
		select s.* from crm.report_shown s
		where s.id = p.report_id and s.received_at = p.received_at
		and s.received_at between page.oldest and page.newest
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
