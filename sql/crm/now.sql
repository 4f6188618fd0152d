-- SPDX-License-Identifier: ISC

create function crm.now() returns timestamptz
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
begin
	return now() + coalesce((select c.ahead from crm.clock c), interval '0');
end
$$;
comment on function crm.now() is 'The time in all domain logic.';
grant execute on function crm.now() to crm_officer, crm_channel, crm_public;
