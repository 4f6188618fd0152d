-- SPDX-License-Identifier: ISC

create function crm.opened(report uuid)
returns table (unit_id uuid, unit_name text, officer_id uuid,
    officer_name text, count int, last_at timestamptz)
language plpgsql stable security definer
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
	channel constant uuid := crm.viewer_channel();
begin
	if channel is not null then
		return query
		select u.id, u.name, null::uuid, null::text, o.times,
		    null::timestamptz
		from (
			select e.unit_id, count(*)::int as times
			from audit.entry e
			where e.report_id = report and e.unit_id is not null
			and e.action in ('report_open', 'photo_open')
			and exists (select from crm.change c
			    where c.report_id = report and c.channel_id = channel)
			group by e.unit_id
		) o
		join crm.unit u on u.id = o.unit_id
		order by u.name, u.id;
	elsif crm.viewer_role() = 'supervisor' then
		return query
		select u.id, u.name, a.id, a.name, o.times, o.last
		from (
			select e.unit_id, e.account_id, count(*)::int as times,
			    max(e.at) as last
			from audit.entry e
			where e.report_id = report
			and e.unit_id = crm.viewer_unit()
			and e.action in ('report_open', 'photo_open')
			and exists (select from crm.inbox i
			    where i.report_id = report
			    and i.reader_id = any (crm.viewer_readers()))
			group by e.unit_id, e.account_id
		) o
		join crm.unit u on u.id = o.unit_id
		join crm.account a on a.id = o.account_id
		order by o.last desc, a.id;
	end if;
end
$$;
comment on function crm.opened(uuid) is
    'How often a report and its photos were opened: of its own report a channel learns the units, of one that lies with the unit or below it a supervisor the people of the own unit; all others nothing. Security definer because nobody reads the audit log.';
grant execute on function crm.opened(uuid) to crm_officer, crm_channel;
