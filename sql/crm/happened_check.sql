-- SPDX-License-Identifier: ISC

create function crm.happened_check(occurred_at timestamptz) returns void
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
	-- Clocks differ by minutes.
	if occurred_at > crm.now() + interval '5 minutes' then
		raise exception 'not yet'
		    using errcode = 'CR422', column = '/occurred_at',
		    constraint = 'future';
	end if;
	if occurred_at < '2000-01-01 00:00:00+07' then
		raise exception 'too long ago'
		    using errcode = 'CR422', column = '/occurred_at',
		    constraint = 'range';
	end if;
end
$$;
comment on function crm.happened_check(timestamptz) is
    'Refuses what is said to have happened in the future, or before 2000, with CR422.';
grant execute on function crm.happened_check(timestamptz)
    to crm_officer, crm_channel;
