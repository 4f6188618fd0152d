-- SPDX-License-Identifier: ISC

create function api.key_list(channel uuid)
returns table (id text, alg text, issuer text, audience text, public_key text,
    added_at timestamptz, retired_at timestamptz)
language plpgsql stable security invoker
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
	perform from crm.channel c where c.id = channel;
	if not found then
		raise exception 'no such channel' using errcode = 'CR404';
	end if;
	return query
	select k.kid, k.alg, k.issuer, k.audience, k.public_key, k.added_at,
	    k.retired_at
	from crm.channel_key k where k.channel_id = channel
	order by k.retired_at desc nulls first, k.added_at desc, k.kid;
end
$$;
comment on function api.key_list(uuid) is
    'Keys of a channel, those in use first. CR404 for an unknown channel.';
grant execute on function api.key_list(uuid) to crm_officer;
