-- What one officer works on is little, also over years: it is read as a whole
-- along an index of its own and then sorted.
--
-- SPDX-License-Identifier: ISC

create function crm.inbox_assigned(wanted crm.inbox_filter, sort text,
    after_key timestamptz, after_id uuid, row_limit int)
returns crm.inbox_found
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
as $$
declare
	readers constant uuid[] := crm.viewer_readers();
	is_back constant boolean := coalesce(sort = '-received_at', false);
	page crm.inbox_found;
begin
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
			where i.officer_id = wanted.officer
			and i.reader_id = any (readers)
			and i.status = any (wanted.statuses)
			and (wanted.category is null
			    or i.category_code = wanted.category)
			and (wanted.unit is null or i.unit_id = wanted.unit)
			and (wanted.kelurahan is null
			    or i.kelurahan_code = wanted.kelurahan)
			and (wanted.visible is null
			    or i.visibility = wanted.visible)
			and (wanted.is_overdue is null
			    or (i.due_at < wanted.at) = wanted.is_overdue)
			and (wanted.bbox is null
			    or i.lat between wanted.bbox[2] and wanted.bbox[4]
			    and i.lng between wanted.bbox[1] and wanted.bbox[3])
			and (wanted.held is null
			    or wanted.held = any (i.held_for))
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
comment on function crm.inbox_assigned(crm.inbox_filter, text, timestamptz,
    uuid, int) is
    'A page of what one officer works on, of what the viewer may see.';
grant execute on function crm.inbox_assigned(crm.inbox_filter, text,
    timestamptz, uuid, int) to crm_officer, crm_channel;
