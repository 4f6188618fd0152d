-- SPDX-License-Identifier: ISC

create function crm.moment() returns timestamptz
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
	return clock_timestamp()
	    + coalesce((select c.ahead from crm.clock c), interval '0');
end
$$;
comment on function crm.moment() is
    'The time this very moment, where crm.now() is that of the transaction.';
grant execute on function crm.moment() to crm_officer, crm_channel;
