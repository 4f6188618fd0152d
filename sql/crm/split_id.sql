-- SPDX-License-Identifier: ISC

create function crm.split_id(event uuid) returns uuid
language sql immutable strict security invoker parallel safe
set search_path = pg_catalog, pg_temp
as $$
	select md5('split ' || event::text)::uuid
$$;
comment on function crm.split_id(uuid) is
    'Id of the report that a split makes.';
grant execute on function crm.split_id(uuid) to crm_officer, crm_channel;
