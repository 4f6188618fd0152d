-- SPDX-License-Identifier: ISC

create function crm.channel_api_key_retire(channel_name text, name text)
returns boolean
language sql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
	with retired as (
		update crm.channel_api_key k set retired_at = crm.now()
		from crm.channel c
		where c.id = k.channel_id and c.name = channel_name
		and k.name = channel_api_key_retire.name
		and k.retired_at is null
		returning 1
	)
	select exists (select from retired)
$$;
comment on function crm.channel_api_key_retire(text, text) is
    'Refuses an api_key from now on; false if the channel has no such active key.';
