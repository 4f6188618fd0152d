-- SPDX-License-Identifier: ISC

create function api.job_partition_add() returns int
language sql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
	select crm.partition_add(crm.now()::date,
	    (crm.now() + interval '3 months')::date)
$$;
comment on function api.job_partition_add() is
    'Makes the partitions of the next three months; how many were missing. Security definer because only the owner makes tables.';
grant execute on function api.job_partition_add() to crm_jobs;
