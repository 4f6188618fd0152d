-- SPDX-License-Identifier: ISC

create function api.key_add(channel uuid, kids text[], algs text[],
    public_keys text[], new_issuer text, new_audience text)
returns table (id text, alg text, issuer text, audience text, public_key text,
    added_at timestamptz, retired_at timestamptz)
language plpgsql volatile security invoker
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
	channel_name text;
begin
	select c.name into channel_name from crm.channel c
	where c.id = channel;
	if not found then
		raise exception 'no such channel' using errcode = 'CR404';
	end if;
	perform crm.channel_key_add(channel_name, k.kid, k.alg, k.pem,
	    new_issuer, new_audience)
	from unnest(kids, algs, public_keys) k (kid, alg, pem);
	return query select l.* from api.key_list(channel) l;
end
$$;
comment on function api.key_add(uuid, text[], text[], text[], text, text) is
    'Registers public keys of a channel, all or none, and tells all of its keys. CR404 for an unknown channel, CR422 for a third active key.';
grant execute
    on function api.key_add(uuid, text[], text[], text[], text, text)
    to crm_officer;
