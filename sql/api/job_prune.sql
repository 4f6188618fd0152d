-- SPDX-License-Identifier: ISC

create function api.job_prune(row_limit int default 10000)
returns table (sessions bigint, tries bigint, answers bigint,
    notices bigint)
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
begin
	delete from crm.session s where s.token_hash in (
		select o.token_hash from crm.session o
		where o.expires_at < crm.now()
		limit row_limit);
	get diagnostics sessions = row_count;
	delete from crm.signin_throttle t where t.bucket in (
		select o.bucket from crm.signin_throttle o
		where o.tried_at < crm.now() - interval '1 day'
		limit row_limit);
	get diagnostics tries = row_count;
	delete from crm.idempotency i
	where (i.owner_id, i.key_hash) in (
		select o.owner_id, o.key_hash from crm.idempotency o
		where o.added_at < crm.now() - interval '30 days'
		limit row_limit);
	get diagnostics answers = row_count;
	delete from crm.notice n where n.id in (
		select o.id from crm.notice o
		where o.at < crm.now() - interval '90 days'
		limit row_limit);
	get diagnostics notices = row_count;
	return next;
end
$$;
comment on function api.job_prune(int) is
    'Deletes ended sessions, old tries to sign in, answers older than 30 days and notices older than 90, at most so many each; run until all are 0. Security definer because crm_jobs reads none of them.';
grant execute on function api.job_prune(int) to crm_jobs;
