-- SPDX-License-Identifier: ISC

create function crm.clock_between(a timestamptz, b timestamptz)
returns bigint
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	since constant timestamptz := least(a, b);
	until constant timestamptz := greatest(a, b);
	counted interval;
begin
	if a is null or b is null then
		return null;
	end if;
	select until - since - coalesce(sum(
	    least(o.finish, until) - greatest(o.start, since)), interval '0')
	into counted from crm.clock_off(since, until) o;
	return trunc(extract(epoch from counted))
	    * case when a <= b then 1 else -1 end;
end
$$;
comment on function crm.clock_between(timestamptz, timestamptz) is
    'Whole counted seconds from a to b, negative when b comes first. Days off do not count, weekends do.';
grant execute on function crm.clock_between(timestamptz, timestamptz)
    to crm_officer, crm_channel;
