-- SPDX-License-Identifier: ISC

create function crm.ticket_next(received timestamptz) returns text
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
declare
	today constant date := (received at time zone 'Asia/Jakarta')::date;
	start_number bigint;
	number bigint;
begin
	select d.base into start_number from crm.ticket_day d
	where d.day = today;
	if not found then
		-- Once a day; a rival waits here for whoever came first. Every
		-- number is drawn after the day's base, so it is greater.
		insert into crm.ticket_day (day, base)
		values (today, nextval('crm.ticket_number'))
		on conflict (day) do nothing;
		select d.base into strict start_number from crm.ticket_day d
		where d.day = today;
	end if;
	number := nextval('crm.ticket_number') - start_number;
	return 'JK' || to_char(today, 'YYMMDD')
	    || lpad(number::text, greatest(4, length(number::text)), '0');
end
$$;
comment on function crm.ticket_next(timestamptz) is
    'The next ticket number of the day in Jakarta; numbers may have gaps.';
grant execute on function crm.ticket_next(timestamptz)
    to crm_officer, crm_channel;
