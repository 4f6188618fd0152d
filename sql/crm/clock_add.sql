-- The inverse of crm.clock_between: clock_between(a, clock_add(a, n)) = n.
--
-- SPDX-License-Identifier: ISC

create function crm.clock_add(since timestamptz, seconds bigint)
returns timestamptz
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	result timestamptz := since + seconds * interval '1 second';
	off record;
begin
	-- A span that ends at a midnight ends before the day off, not after it.
	if seconds > 0 then
		for off in select o.* from crm.clock_off(since, 'infinity') o
		loop
			exit when off.start >= result;
			result := result + (off.finish
			    - greatest(off.start, since));
		end loop;
	elsif seconds < 0 then
		for off in select o.* from crm.clock_off('-infinity', since) o
		    order by o.start desc
		loop
			exit when off.finish <= result;
			result := result - (least(off.finish, since)
			    - off.start);
		end loop;
	end if;
	return result;
end
$$;
comment on function crm.clock_add(timestamptz, bigint) is
    'The time so many counted seconds later, or earlier when negative; the nearest one. Days off do not count, weekends do.';
grant execute on function crm.clock_add(timestamptz, bigint)
    to crm_officer, crm_channel;
