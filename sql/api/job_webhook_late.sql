-- SPDX-License-Identifier: ISC

create function api.job_webhook_late(minutes int default 10)
returns table (channel text, webhook_id uuid, disabled boolean,
    waiting bigint, age_seconds bigint, dead bigint)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $$
	select c.name, w.id, w.disabled_at is not null, o.waiting,
	    extract(epoch from crm.now() - o.oldest)::bigint, d.dead
	from crm.webhook w
	join crm.channel c on c.id = w.channel_id
	cross join lateral (
		select count(*) as waiting, min(e.at) as oldest
		from crm.webhook_event e where e.webhook_id = w.id
		and e.delivered_at is null and e.dead_at is null) o
	cross join lateral (
		select count(*) as dead from crm.webhook_event e
		where e.webhook_id = w.id and e.dead_at is not null) d
	where c.is_active and (w.disabled_at is not null
	    or o.oldest < crm.now() - make_interval(mins => minutes))
$$;
comment on function api.job_webhook_late(int) is
    'Receivers for which something waits longer than so many minutes, or that want no more; not those of channels that are suspended. Security definer because crm_jobs reads no tables.';
grant execute on function api.job_webhook_late(int) to crm_jobs;
