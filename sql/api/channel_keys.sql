-- SPDX-License-Identifier: ISC

create function api.channel_keys()
returns table (kid text, alg text, public_key text, issuer text,
    audience text, channel_id uuid, reads_per_minute int,
    writes_per_minute int)
language sql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
	select k.kid, k.alg, k.public_key, k.issuer, k.audience,
	    c.id, c.reads_per_minute, c.writes_per_minute
	from crm.channel_key k
	join crm.channel c on c.id = k.channel_id
	where k.retired_at is null and c.is_active
	order by k.kid
$$;
comment on function api.channel_keys() is
    'Public keys that tokens may be signed with, and how many requests their channels may make.';
grant execute on function api.channel_keys() to crm_channel;
