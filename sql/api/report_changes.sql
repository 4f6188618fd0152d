-- Oldest change first, and only what lies before the horizon: a change with an
-- earlier time never appears later. What a page shows of a report is of the
-- same statement as its place in the list.
--
-- SPDX-License-Identifier: ISC

create function api.report_changes(since timestamptz, statuses text[],
    visible text, after_key text, after_id uuid, row_limit int)
returns setof api.report_row
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
set enable_bitmapscan = off
set enable_seqscan = off
as $$
#variable_conflict use_column
declare
	horizon constant timestamptz := crm.change_horizon();
	from_key constant timestamptz := coalesce(after_key::timestamptz, since);
	from_id constant uuid := coalesce(after_id,
	    '00000000-0000-0000-0000-000000000000');
	wanted constant text[] := coalesce(statuses, crm.status_list());
	own constant uuid := crm.viewer_channel();
begin
	return query
	select r.*
	from (
		select p.*
		from unnest(wanted) s (status)
		cross join lateral (
			select c.updated_at, c.report_id, c.received_at
			from crm.change c
			where c.channel_id = own and c.status = s.status
			and (c.updated_at, c.report_id) > (from_key, from_id)
			and c.updated_at < horizon
			and (visible is null or c.visibility = visible)
			order by c.updated_at, c.report_id
			limit row_limit + 1
		) p
		order by p.updated_at, p.report_id
		limit row_limit + 1
	) c
	cross join lateral (
		select t.* from crm.report_told t
		where t.id = c.report_id and t.received_at = c.received_at
		limit 1
	) r
	order by c.updated_at, c.report_id;
end
$$;
comment on function api.report_changes(timestamptz, text[], text, text, uuid,
    int) is
    'A page of the channel''s reports by their last change, from a time on, one row more than asked when there is more. updated_at and id of the last row ask for the next page.';
grant execute on function api.report_changes(timestamptz, text[], text, text,
    uuid, int) to crm_channel;
