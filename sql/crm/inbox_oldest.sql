-- Walks one index per circle of readers and status, so that the cost is that
-- of a page and not of all that the viewer may see. Other plans are off: they
-- read all before they sort, and look cheap as long as a table is small. The
-- arrays are in the order of the query below them.
--
-- SPDX-License-Identifier: ISC

create function crm.inbox_oldest(wanted crm.inbox_filter, after_key timestamptz,
    after_id uuid, row_limit int)
returns crm.inbox_found
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
set enable_bitmapscan = off
set enable_seqscan = off
as $$
declare
	page crm.inbox_found;
	-- Not coalesce() in the query: row-level security would take it for leaky
	-- and keep the comparison out of the index.
	from_key constant timestamptz := coalesce(after_key, '-infinity');
	from_id constant uuid := coalesce(after_id,
	    '00000000-0000-0000-0000-000000000000');
begin
	select array_agg(w.id), array_agg(w.received), array_agg(w.key),
	    min(w.received), max(w.received)
	into page
	from (
		select distinct on (p.key, p.id) p.key, p.id, p.received
		from unnest(crm.viewer_readers()) reader (id)
		cross join unnest(wanted.statuses) s (status)
		cross join lateral (
			select i.received_at as key, i.report_id as id,
			    i.received_at as received
			from crm.inbox i
			where i.reader_id = reader.id and i.status = s.status
			and (i.received_at, i.report_id) > (from_key, from_id)
			and (wanted.category is null
			    or i.category_code = wanted.category)
			and (wanted.unit is null or i.unit_id = wanted.unit)
			and (wanted.kelurahan is null
			    or i.kelurahan_code = wanted.kelurahan)
			and (wanted.visible is null or i.visibility = wanted.visible)
			and (wanted.is_overdue is null
			    or (i.due_at < wanted.at) = wanted.is_overdue)
			and (wanted.bbox is null
			    or i.lat between wanted.bbox[2] and wanted.bbox[4]
			    and i.lng between wanted.bbox[1] and wanted.bbox[3])
			and (wanted.held is null
			    or wanted.held = any (i.held_for))
			and (wanted.is_free is null or i.officer_id is null)
			order by i.received_at, i.report_id
			limit row_limit
		) p
		order by p.key, p.id
		limit row_limit
	) w;
	return page;
end
$$;
comment on function crm.inbox_oldest(crm.inbox_filter, timestamptz, uuid, int) is
    'A page of the viewer''s list, oldest first.';
grant execute on function
    crm.inbox_oldest(crm.inbox_filter, timestamptz, uuid, int)
    to crm_officer, crm_channel;
