-- SPDX-License-Identifier: ISC

create function crm.inbox_search(wanted crm.inbox_filter, q text, sort text,
    after_key timestamptz, after_id uuid, row_limit int)
returns crm.inbox_found
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_custom_plan
set enable_seqscan = on
as $$
declare
	readers constant uuid[] := crm.viewer_readers();
	is_triage constant boolean := coalesce(crm.viewer_role() = 'triage'
	    or crm.viewer_channel() is not null, false);
	is_back constant boolean := coalesce(sort = '-received_at', false);
	found uuid[];
	page crm.inbox_found;
begin
	found := crm.report_match(q, readers);
	select array_agg(w.id), array_agg(w.received), array_agg(w.key),
	    min(w.received), max(w.received)
	into page
	from (
		select p.key, p.id, p.received
		from (
			select distinct on (i.report_id) i.report_id as id,
			    i.received_at as received,
			    case when sort in ('received_at', '-received_at')
			    then i.received_at else i.due_at end as key
			from crm.inbox i
			where i.report_id = any (found)
			and i.reader_id = any (readers)
			and i.status = any (wanted.statuses)
			and (is_triage or i.status <> 'incoming' or i.is_returned)
			and (wanted.category is null or i.category_code = wanted.category)
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
			and (wanted.officer is null
			    or i.officer_id = wanted.officer)
		) p
		where case when is_back
		    then (p.key, p.id) < (coalesce(after_key, 'infinity'),
			coalesce(after_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
		    else (p.key, p.id) > (coalesce(after_key, '-infinity'),
			coalesce(after_id, '00000000-0000-0000-0000-000000000000'))
		    end
		order by case when not is_back then p.key end,
		    case when not is_back then p.id end,
		    p.key desc, p.id desc
		limit row_limit
	) w;
	return page;
end
$$;
comment on function crm.inbox_search(crm.inbox_filter, text, text,
    timestamptz, uuid, int) is
    'A page of what the viewer finds by words. Security definer because the indexes on text cannot be used below row-level security; it asks for the viewer''s own circles only.';
grant execute on function crm.inbox_search(crm.inbox_filter, text, text,
    timestamptz, uuid, int) to crm_officer, crm_channel;
