-- SPDX-License-Identifier: ISC

create function api.job_webhook_prune(row_limit int default 10000)
returns bigint
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
declare
	still uuid[];
	gone bigint;
begin
	-- Those that nothing is sent to.
	select array_agg(w.id) into still
	from crm.webhook w join crm.channel c on c.id = w.channel_id
	where w.disabled_at is not null or not c.is_active;
	delete from crm.webhook_event e where e.id in (
		select o.id from crm.webhook_event o
		where o.at < crm.now() - interval '30 days'
		and (o.delivered_at is not null or o.dead_at is not null
		    or o.webhook_id = any (still))
		limit row_limit);
	get diagnostics gone = row_count;
	-- What waited behind one that is gone is the first now.
	update crm.webhook_event e set due_at = clock_timestamp()
	where gone > 0 and e.webhook_id = any (still)
	and e.due_at = 'infinity'
	and e.delivered_at is null and e.dead_at is null
	and not exists (select from crm.webhook_event b
	    where b.webhook_id = e.webhook_id and b.report_id = e.report_id
	    and b.version < e.version
	    and b.delivered_at is null and b.dead_at is null);
	update crm.webhook w set secret_before = null, before_until = null
	where w.before_until < now();
	return gone;
end
$$;
comment on function api.job_webhook_prune(int) is
    'Deletes what was delivered or given up, and what waits for receivers that nothing is sent to, after 30 days, at most so many rows; run it until it is 0. Forgets secrets whose day is over. Security definer because crm_jobs writes no tables.';
grant execute on function api.job_webhook_prune(int) to crm_jobs;
