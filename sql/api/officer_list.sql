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
		and a.unit_id = any (crm.viewer_units())
		and (unit is null or a.unit_id = unit)
		and (after_id is null
		or (left(a.name, 15), a.id) > (after_key, after_id))
		order by left(a.name, 15), a.id
		limit row_limit + 1
	), load as (
		select i.officer_id, count(*) as open,
		    count(*) filter (where i.due_at < crm.now()) as overdue
		from crm.inbox i
		where i.reader_id in (select p.unit_id from page p)
		and i.unit_id = i.reader_id
		and i.status in ('waiting', 'coordination', 'disposition',
		    'in_progress', 'scheduled', 'followup_rejected')
		group by i.officer_id
	)
	select p.id, p.name, p.unit_id = crm.viewer_unit(), p.unit_id, u.name,
	    coalesce(l.open, 0), coalesce(l.overdue, 0), p.sort_key
	from page p
	join crm.unit u on u.id = p.unit_id
	left join load l on l.officer_id = p.id
	order by p.sort_key, p.id
$$;
comment on function api.officer_list(uuid, text, uuid, int) is
    'Officers of the viewer''s units with the reports they still have to do, one row more than asked when there is more. sort_key and id of the last row ask for the next page.';
grant execute on function api.officer_list(uuid, text, uuid, int)
    to crm_officer;
