-- SPDX-License-Identifier: ISC

create function crm.webhook_list(channel_name text)
returns table (url text, disabled boolean, secrets int, waiting bigint,
    oldest timestamptz, dead bigint, answer text)
language sql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select w.url, w.disabled_at is not null,
	    case when w.before_until > now() then 2 else 1 end,
	    coalesce(o.waiting, 0), o.oldest, coalesce(d.dead, 0), l.answer
	from crm.webhook w
	join crm.channel c on c.id = w.channel_id
	left join lateral (
		select count(*) as waiting, min(e.at) as oldest
		from crm.webhook_event e where e.webhook_id = w.id
		and e.delivered_at is null and e.dead_at is null) o on true
	left join lateral (
		select count(*) as dead from crm.webhook_event e
		where e.webhook_id = w.id and e.dead_at is not null) d on true
	left join lateral (
		select e.answer from crm.webhook_event e
		where e.webhook_id = w.id and e.tries > 0
		and e.delivered_at is null and e.dead_at is null
		order by e.due_at limit 1) l on true
	where c.name = channel_name
	order by w.url
$$;
comment on function crm.webhook_list(text) is
    'The addresses of a channel, how much waits since when, how much was given up, and how the last try of one that waits ended.';
