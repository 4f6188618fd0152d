-- The reports of a page are looked up one by one (hence limit 1): the planner
-- counts every month for each, though one is read, and would rather read all.
-- The months between the oldest and the newest of the page are known before
-- that, so that the others are not even opened.
--
-- SPDX-License-Identifier: ISC

create function api.report_list(statuses text[], category text, unit uuid,
    kelurahan text, is_overdue boolean, visible text, q text, bbox float8[],
    sort text, after_key text, after_id uuid, row_limit int,
    held text default null, assigned text default null)
returns table (id uuid, ticket text, visibility text, status text, version int,
    category_code text, category_name text, description text, lat float8,
    lng float8, accuracy_m float8, address text, kelurahan_code text,
    kelurahan_name text, unit_id uuid, unit_name text, received_at timestamptz,
    occurred_at timestamptz, due_at timestamptz, overdue boolean,
    photo_id uuid[], photo_width int[], photo_height int[],
    by_own_unit boolean, held_for text[], officer_id uuid, officer_name
    text, paused boolean, schedule_until timestamptz, schedule_approved
    boolean, returns int, reopened int, me_too int, stars int,
    completed_at timestamptz, reason_code text, main_id uuid, main_ticket
    text, main_status text, merged int, second_open boolean, link_id
    uuid[], link_ticket text[], steps text[], updated_at timestamptz,
    sort_key text)
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
as $$
#variable_conflict use_column
declare
	wanted constant crm.inbox_filter := crm.inbox_wanted(statuses,
	    category, unit, kelurahan, is_overdue, visible, bbox, held,
	    assigned);
	page crm.inbox_found;
begin
	if q is not null then
		perform crm.audit_add('report_search', null);
	end if;
	page := crm.inbox_page(wanted, q, sort, after_key::timestamptz,
	    after_id, row_limit + 1);
	if crm.viewer_channel() is not null then
		return query
		select r.*, p.sort_key::text
		from unnest(page.report_ids, page.times, page.keys)
		    with ordinality p (report_id, received_at, sort_key, place)
		cross join lateral (
			select s.* from crm.report_told s
			where s.id = p.report_id and s.received_at = p.received_at
			and s.received_at between page.oldest and page.newest
			limit 1
		) r
		order by p.place;
	else
		return query
		select r.*, p.sort_key::text
		from unnest(page.report_ids, page.times, page.keys)
		    with ordinality p (report_id, received_at, sort_key, place)
		cross join lateral (
			select s.* from crm.report_shown s
			where s.id = p.report_id and s.received_at = p.received_at
			and s.received_at between page.oldest and page.newest
			limit 1
		) r
		order by p.place;
	end if;
end
$$;
comment on function api.report_list(text[], text, uuid, text, boolean, text,
    text, float8[], text, text, uuid, int, text, text) is
    'A page of the reports the viewer may see, one row more than asked when there is more. sort_key and id of the last row ask for the next page.';
grant execute on function api.report_list(text[], text, uuid, text, boolean,
    text, text, float8[], text, text, uuid, int, text, text) to crm_officer, crm_channel;
