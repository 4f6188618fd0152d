-- SPDX-License-Identifier: ISC

create function crm.share_round(part bigint, whole bigint) returns float8
language sql immutable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select round(round(part::numeric / whole / s.step) * s.step, 2)::float8
	from (select case when whole >= 100 then 0.05
	    when whole >= 50 then 0.1
	    when whole >= 20 then 0.25
	    else 0.5 end as step) s
$$;
comment on function crm.share_round(bigint, bigint) is
    'A share in steps that stand for five cases or more each, so that it tells of no single one. For a whole of ten and more.';
