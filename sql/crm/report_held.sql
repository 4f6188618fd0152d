-- SPDX-License-Identifier: ISC

create function crm.report_held(report uuid)
returns table (identity text[], photos int, received_by text)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
	select coalesce((select s.members from identity.sealed s
	    where s.report_id = report), '{}'),
	    (select count(*)::int from crm.photo p
	    where p.report_id = report and p.kind = 'report'),
	    c.name
	from crm.report_key k
	join crm.report r on r.id = k.id and r.received_at = k.received_at
	join crm.channel c on c.id = r.channel_id
	where k.id = report and r.channel_id = crm.viewer_channel()
$$;
comment on function crm.report_held(uuid) is
    'What is held of the reporter of a report of the viewer''s channel: the names of members, never what they say. Security definer because a channel may not look at seals and photos.';
grant execute on function crm.report_held(uuid) to crm_channel;
