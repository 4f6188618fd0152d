-- SPDX-License-Identifier: ISC

create function api.ready() returns boolean
language sql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select exists (select from crm.migration)
	    and crm.settings_problems() = '{}'
$$;
comment on function api.ready() is
    'Whether the database is migrated and set up as it must be.';
grant execute on function api.ready() to crm_officer, crm_channel;
