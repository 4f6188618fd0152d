-- SPDX-License-Identifier: ISC

create function api.job_webhook_due(busy uuid[], busy_at uuid[],
    room int default 8)
returns table (id uuid, webhook_id uuid, channel text, url text,
    secret bytea, secret_before bytea, report_id uuid, ticket text,
    status text, version int, at timestamptz, limit_ms int)
language sql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
	select e.id, w.id, c.name, w.url, w.secret,
	    case when w.before_until > now() then w.secret_before end,
	    e.report_id, e.ticket, e.status, e.version, e.at,
	    (crm.setting_find('webhook_limit') * 1000)::int
	from crm.webhook w
	join crm.channel c on c.id = w.channel_id
	cross join lateral (
		select o.* from crm.webhook_event o
		where o.webhook_id = w.id
		and o.delivered_at is null and o.dead_at is null
		and o.due_at <= clock_timestamp() and o.id <> all (busy)
		order by o.due_at
		limit greatest(0, room - (select count(*)
		    from unnest(busy_at) b (id) where b.id = w.id))) e
	where w.disabled_at is null and c.is_active
$$;
comment on function api.job_webhook_due(uuid[], uuid[], int) is
    'What is to be sent now, besides those that are on their way (busy, and at which receivers): for each receiver no more than its room holds. Nothing of a channel that is suspended; it waits. Security definer because crm_jobs reads no tables.';
grant execute on function api.job_webhook_due(uuid[], uuid[], int) to crm_jobs;
