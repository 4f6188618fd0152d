-- SPDX-License-Identifier: ISC

create function crm.channel_key_retire(kid text) returns boolean
language sql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
	with retired as (
		update crm.channel_key k set retired_at = crm.now()
		where k.kid = channel_key_retire.kid and k.retired_at is null
		returning 1
	)
	select exists (select from retired)
$$;
comment on function crm.channel_key_retire(text) is
    'Refuses a key from now on; false if there is no such active key.';
