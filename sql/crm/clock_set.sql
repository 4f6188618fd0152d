-- SPDX-License-Identifier: ISC

create function crm.clock_set(seconds bigint) returns timestamptz
language sql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
	insert into crm.clock (ahead) values (make_interval(secs => seconds))
	on conflict (id) do update set ahead = excluded.ahead
	returning now() + ahead
$$;
comment on function crm.clock_set(bigint) is
    'Sets how far the clock is ahead; owner only, for demonstrations and tests.';
