-- SPDX-License-Identifier: ISC

create function crm.webhook_dead(channel_name text)
returns table (id uuid, dead_at timestamptz, tries int, answer text,
    ticket text, status text, version int, url text)
language sql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select e.id, e.dead_at, e.tries, e.answer, e.ticket, e.status,
	    e.version, w.url
	from crm.webhook_event e
	join crm.webhook w on w.id = e.webhook_id
	join crm.channel c on c.id = w.channel_id
	where c.name = channel_name and e.dead_at is not null
	order by e.dead_at, e.ticket, e.version
	limit 1000
$$;
comment on function crm.webhook_dead(text) is
    'What of a channel was given up, the oldest first, at most a thousand.';
