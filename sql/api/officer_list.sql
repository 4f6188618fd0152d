-- The key to go on from is short enough for a cursor: the first letters of the
-- name, then the id.
--
-- SPDX-License-Identifier: ISC

create function api.officer_list(unit uuid, after_key text, after_id uuid,
    row_limit int)
returns table (id uuid, name text, by_own_unit boolean, unit_id uuid,
    unit_name text, open bigint, overdue bigint, sort_key text)
language sql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
	with page as (
		select a.id, a.name, a.unit_id, left(a.name, 15) as sort_key
		from crm.account a
		where a.role = 'officer' and a.is_active
		and a.unit_id in (select v.id from unnest(crm.viewer_units()) v (id))
		and (unit is null or a.unit_id = unit)
		and (after_id is null
		or (left(a.name, 15), a.id) > (after_key, after_id))
		order by left(a.name, 15), a.id
		limit row_limit + 1
	)
	select p.id, p.name, p.unit_id = crm.viewer_unit(), p.unit_id, u.name,
	    load.open, load.overdue, p.sort_key
	from page p
	join crm.unit u on u.id = p.unit_id
	cross join lateral (
		select count(*) as open,
		    count(*) filter (where i.due_at < now.at) as overdue
		from (select crm.now() as at) now
		join crm.inbox i on i.officer_id = p.id
		and i.reader_id = p.unit_id and i.unit_id = p.unit_id
		and i.status in ('waiting', 'coordination', 'disposition',
		    'in_progress', 'scheduled', 'followup_rejected')
	) load
	order by p.sort_key, p.id
$$;
comment on function api.officer_list(uuid, text, uuid, int) is
    'Officers of the viewer''s units with the reports they still have to do, one row more than asked when there is more. sort_key and id of the last row ask for the next page.';
grant execute on function api.officer_list(uuid, text, uuid, int)
    to crm_officer;
