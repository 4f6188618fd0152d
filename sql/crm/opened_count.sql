-- SPDX-License-Identifier: ISC

create function crm.opened_count(report uuid)
returns table (unit_id uuid, unit_name text, count bigint)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
	select u.id, u.name, count(*)
	from audit.entry e
	join crm.unit u on u.id = e.unit_id
	where e.report_id = report and e.account_id is not null
	and e.action in ('report_open', 'photo_open')
	and exists (select from crm.report_key k
	    join crm.report r on r.id = k.id and r.received_at = k.received_at
	    where k.id = report and r.channel_id = crm.viewer_channel())
	group by u.id, u.name
	order by u.name
$$;
comment on function crm.opened_count(uuid) is
    'How often each unit opened a report of the viewer''s channel or a photo of it. Security definer because nobody may read the audit log; no person and no time comes out.';
grant execute on function crm.opened_count(uuid) to crm_channel;
