-- The inverse of crm.clock_between: clock_between(a, clock_add(a, n)) = n.
--
-- SPDX-License-Identifier: ISC

create function crm.clock_add(since timestamptz, seconds bigint)
returns timestamptz
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	zone constant text := 'Asia/Jakarta';
	own_day constant date := (since at time zone zone)::date;
	result timestamptz := since + seconds * interval '1 second';
	off record;
begin
	-- A span that ends at a midnight ends before the day off, not after it.
	if seconds > 0 then
		for off in
			select h.day::timestamp at time zone zone as start,
			    (h.day + 1)::timestamp at time zone zone as finish
			from crm.holiday h where h.day >= own_day
			order by h.day
		loop
			exit when off.start >= result;
			result := result + (off.finish
			    - greatest(off.start, since));
		end loop;
	elsif seconds < 0 then
		for off in
			select h.day::timestamp at time zone zone as start,
			    (h.day + 1)::timestamp at time zone zone as finish
			from crm.holiday h where h.day <= own_day
			order by h.day desc
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
