-- SPDX-License-Identifier: ISC

create function crm.throttle_try(which bytea, burst int, drain_seconds int)
returns int
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	at constant timestamptz := crm.now();
	level float8;
	last_try timestamptz;
	wait float8;
begin
	insert into crm.signin_throttle (bucket, fill, tried_at)
	values (which, 0, at) on conflict (bucket) do nothing;
	select greatest(0, t.fill
	    - extract(epoch from at - t.tried_at) / drain_seconds), t.tried_at
	into level, last_try
	from crm.signin_throttle t where t.bucket = which for update;
	-- Past the burst each try doubles the wait, up to a quarter of an hour.
	if level >= burst then
		wait := least(900, power(2, least(10, level - burst + 1)))
		    - extract(epoch from at - last_try);
		if wait > 0 then
			return ceil(wait);
		end if;
	end if;
	update crm.signin_throttle t set fill = level + 1, tried_at = at
	where t.bucket = which;
	return 0;
end
$$;
comment on function crm.throttle_try(bytea, int, int) is
    'Counts a try to sign in; seconds to wait instead when there were too many.';
