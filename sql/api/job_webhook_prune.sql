-- SPDX-License-Identifier: ISC

create function api.job_webhook_prune(row_limit int default 10000)
returns bigint
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
declare
	gone bigint;
begin
	delete from crm.webhook_event e where e.id in (
		select o.id from crm.webhook_event o
		join crm.webhook w on w.id = o.webhook_id
		where o.at < crm.now() - interval '30 days'
		and (o.delivered_at is not null or o.dead_at is not null
		    or w.disabled_at is not null)
		limit row_limit);
	get diagnostics gone = row_count;
	update crm.webhook w set secret_before = null, before_until = null
	where w.before_until < now();
	return gone;
end
$$;
comment on function api.job_webhook_prune(int) is
    'Deletes what was delivered or given up, and what waits for receivers that want no more, after 30 days, at most so many rows; run it until it is 0. Forgets secrets whose day is over. Security definer because crm_jobs writes no tables.';
grant execute on function api.job_webhook_prune(int) to crm_jobs;
