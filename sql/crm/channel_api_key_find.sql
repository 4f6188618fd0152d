-- SPDX-License-Identifier: ISC

create function crm.channel_api_key_find(wanted bytea)
returns table (id uuid, name text)
language sql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select c.id, c.name
	from crm.channel_api_key k
	join crm.channel c on c.id = k.channel_id
	where k.digest = wanted and k.retired_at is null and c.is_active
$$;
comment on function crm.channel_api_key_find(bytea) is
    'The channel of an active api_key, by the digest of the key.';
