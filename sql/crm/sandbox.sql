-- SPDX-License-Identifier: ISC

create function crm.sandbox() returns uuid
language sql immutable security invoker parallel safe
set search_path = pg_catalog, pg_temp
as $$
	select '822f398a-05e8-db71-6586-37150b94b266'::uuid
$$;
comment on function crm.sandbox() is
    'The unit Sandbox. Reports of sandbox channels go there and nowhere else, and its circle is the only one that sees them, whatever the role.';
grant execute on function crm.sandbox() to crm_officer, crm_channel;
